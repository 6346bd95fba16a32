package dev.durable.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.cluster.ScaleAdvice;
import dev.durable.core.spi.Capabilities;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.Backlog;
import dev.durable.core.store.Backlog.Queue;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.HubLimit.Rate;
import dev.durable.core.store.NodeLoad;
import dev.durable.core.store.NodeRecord;
import dev.durable.core.testing.Histories;
import dev.durable.core.testing.TestFunctions;
import dev.durable.core.worker.ActivityLimit;
import dev.durable.core.worker.FastLanes;
import dev.durable.core.worker.TaskHubOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScaleRuleTest {

  private static final Instant NOW = Histories.T0;
  private static final Duration LEAD = Duration.ofSeconds(60);
  private static final List<NodeRecord> NOBODY = List.of();

  /**
   * 10 orchestrations, 20 entities, 5 activities at once; "few" 3 in the hub, "slow" 4 a minute.
   */
  private static final TaskHubOptions OPTIONS =
      new TaskHubOptions(
          Duration.ofSeconds(30),
          10,
          20,
          5,
          Map.of(
              "few", new ActivityLimit(null, new HubLimit(3, null)),
              "slow", new ActivityLimit(null, new HubLimit(null, new Rate(4, LEAD)))),
          5,
          5,
          3,
          Duration.ofSeconds(1),
          Duration.ofSeconds(4),
          5_000,
          1_000,
          10_000,
          0,
          0,
          FastLanes.ALL);

  private static Queue waiting(long count) {
    return new Queue(count, NOW.minusSeconds(count), 0);
  }

  private static Queue running(long count) {
    return new Queue(0, null, count);
  }

  private static Backlog backlog(Queue orchestrations, Queue entities, Map<String, Queue> rest) {
    return new Backlog(orchestrations, entities, rest, null);
  }

  private static Backlog activities(Map<String, Queue> queues) {
    return backlog(Queue.EMPTY, Queue.EMPTY, queues);
  }

  private static Backlog idleUntil(@Nullable Instant next) {
    return new Backlog(Queue.EMPTY, Queue.EMPTY, Map.of(), next);
  }

  private static ScaleAdvice advise(Backlog backlog, List<NodeRecord> nodes) {
    return new ScaleRule(OPTIONS, LEAD).advise(backlog, nodes, NOW);
  }

  private static int recommended(Backlog backlog) {
    return advise(backlog, NOBODY).recommendedNodes();
  }

  private static NodeRecord node(String name, int slots, boolean live, boolean draining) {
    return new NodeRecord(
        name,
        NOW,
        NOW,
        live ? NOW.plusSeconds(30) : NOW,
        draining,
        "1.0",
        0,
        Capabilities.of(new TestFunctions(), Versions.standard()),
        new NodeLoad(slots, 0, slots, 0, slots, 0));
  }

  @Test
  void withoutWorkAndTimersNoNodeIsNeeded() {
    ScaleAdvice advice = advise(idleUntil(null), NOBODY);

    assertThat(advice.recommendedNodes()).isZero();
    assertThat(advice.reason())
        .isEqualTo("Nothing waits or runs, and nothing becomes due within PT1M.");
  }

  @Test
  void aNodeIsNeededShortlyBeforeSomethingBecomesDue() {
    assertThat(recommended(idleUntil(NOW.plusMillis(60_001)))).isZero();
    ScaleAdvice advice = advise(idleUntil(NOW.plusSeconds(60)), NOBODY);

    assertThat(advice.recommendedNodes()).isEqualTo(1);
    assertThat(advice.nextDueAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(advice.reason()).contains("something becomes due at " + NOW.plusSeconds(60));
  }

  @Test
  void allThatWaitsAndRunsGetsASlot() {
    assertThat(recommended(backlog(waiting(1), Queue.EMPTY, Map.of()))).isEqualTo(1);
    assertThat(recommended(backlog(waiting(10), Queue.EMPTY, Map.of()))).isEqualTo(1);
    assertThat(recommended(backlog(waiting(11), Queue.EMPTY, Map.of()))).isEqualTo(2);
    assertThat(recommended(backlog(new Queue(5, NOW, 6), Queue.EMPTY, Map.of()))).isEqualTo(2);
    assertThat(recommended(backlog(Queue.EMPTY, running(41), Map.of()))).isEqualTo(3);
    assertThat(recommended(activities(Map.of("a", running(7), "b", waiting(9))))).isEqualTo(4);
  }

  @Test
  void theKindThatNeedsMostNodesDecides() {
    ScaleAdvice advice =
        advise(backlog(waiting(25), waiting(25), Map.of("a", waiting(25))), NOBODY);

    assertThat(advice.recommendedNodes()).isEqualTo(5);
    assertThat(advice.reason())
        .isEqualTo("Of activities, 25 wait or run, and a node runs 5 at once.");
  }

  @Test
  void neverMoreNodesAreNeededThanThereAreWorkItems() {
    for (int items = 1; items < 100; items++) {
      assertThat(recommended(backlog(waiting(items), Queue.EMPTY, Map.of("few", waiting(items)))))
          .isBetween(1, items);
    }
  }

  @Test
  void whatAHubWideLimitHoldsBackIsNotCounted() {
    ScaleAdvice advice = advise(activities(Map.of("few", new Queue(50, NOW, 2))), NOBODY);
    assertThat(advice.recommendedNodes()).isEqualTo(1);
    assertThat(advice.reason())
        .isEqualTo(
            "Of activities, 3 wait or run, and a node runs 5 at once; 49 activities are not"
                + " counted that limits of the hub hold back.");

    assertThat(recommended(activities(Map.of("slow", waiting(50))))).isEqualTo(1);
    assertThat(recommended(activities(Map.of("few", waiting(50), "a", waiting(8))))).isEqualTo(3);
  }

  @Test
  void theSlotsOfTheSmallestLiveNodeCount() {
    Backlog backlog = backlog(waiting(12), Queue.EMPTY, Map.of());
    List<NodeRecord> nodes =
        List.of(
            node("a", 4, true, false),
            node("b", 6, true, false),
            node("drained", 1, true, true),
            node("lost", 1, false, false));
    ScaleAdvice advice = advise(backlog, nodes);

    assertThat(advice.recommendedNodes()).isEqualTo(3);
    assertThat(advice.liveNodes()).isEqualTo(2);
  }

  @Test
  void withoutNodesThatTellTheOwnOptionsCount() {
    ScaleAdvice advice =
        advise(
            backlog(waiting(12), Queue.EMPTY, Map.of()), List.of(node("resumed", 0, true, false)));

    assertThat(advice.recommendedNodes()).isEqualTo(2);
  }

  @Test
  void theQueuesAreShownWithTheAgeOfTheOldest() {
    ScaleAdvice advice =
        advise(
            backlog(
                waiting(3),
                running(4),
                Map.of(
                    "a", new Queue(1, NOW.minusSeconds(5), 2),
                    "b", new Queue(2, NOW.minusSeconds(9), 0))),
            NOBODY);

    assertThat(advice.orchestrations())
        .isEqualTo(new ScaleAdvice.Queue(3, 0, Duration.ofSeconds(3)));
    assertThat(advice.entities()).isEqualTo(new ScaleAdvice.Queue(0, 4, Duration.ZERO));
    assertThat(advice.activities()).isEqualTo(new ScaleAdvice.Queue(3, 2, Duration.ofSeconds(9)));
    assertThat(advice.at()).isEqualTo(NOW);
  }
}
