package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.taskCompleted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.testing.Rehearsal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The facts that an orchestrator may ask for, and the one that it may set. */
class ReplayContextTest {

  @Test
  void theCustomStatusIsThatOfTheLastCall() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              ctx.setCustomStatus("first");
              ctx.call("a", null, Void.class).await();
              ctx.setCustomStatus("second");
              ctx.call("b", null, Void.class).await();
              ctx.setCustomStatus(null);
              return null;
            });
    orchestration.start().hasCustomStatus("\"first\"");
    orchestration.takes(taskCompleted(0, null)).hasCustomStatus("\"second\"");
    orchestration.takes(taskCompleted(1, null)).hasCustomStatus(null);
  }

  @Test
  void anExecutionThatSetsNoCustomStatusLeavesItAsItIs() {
    Rehearsal.of(ctx -> "done").start().completesWith("\"done\"").keepsTheCustomStatus();
  }

  @Test
  void theContextKnowsWhoIsRunning() {
    ParentTask caller = new ParentTask(new InstanceRef("parent-1", 7), 1, 3);
    Rehearsal.of(
            ctx ->
                ctx.instanceId()
                    + " "
                    + ctx.executionId()
                    + " "
                    + ctx.name()
                    + " "
                    + ctx.parentInstanceId())
        .calledBy(caller)
        .start()
        .completesWith("\"order-1 e-1 sample parent-1\"");
  }

  @Test
  void timeStandsStillBetweenWaitsAndIsTheSameInReplay() {
    List<Instant> seen = new ArrayList<>();
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              seen.add(ctx.currentInstant());
              seen.add(ctx.currentInstant());
              ctx.call("a", null, Void.class).await();
              seen.add(ctx.currentInstant());
              return null;
            });
    orchestration.parked(false).start();
    orchestration.nextEpisodeAt(at(100)).takes(taskCompleted(0, null));

    assertThat(seen).containsExactly(at(0), at(0), at(0), at(0), at(100));
  }

  @Test
  void uuidsDifferFromEachOtherAndAreTheSameInReplay() {
    List<UUID> seen = new ArrayList<>();
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              seen.add(ctx.newUuid());
              seen.add(ctx.newUuid());
              ctx.call("a", null, Void.class).await();
              return null;
            });
    orchestration.parked(false).start();
    orchestration.takes(taskCompleted(0, null));

    assertThat(seen.subList(0, 2)).doesNotHaveDuplicates().isEqualTo(seen.subList(2, 4));
    assertThat(seen).allMatch(uuid -> uuid.version() == 5 && uuid.variant() == 2);
  }

  @Test
  void uuidsOfRecordedHistoriesNeverChange() {
    assertThat(NameBasedUuid.of("e-1", 0)).hasToString("5d9d6a5c-0345-510a-a731-a89db95b9af7");
    assertThat(NameBasedUuid.of("e-1", 1)).hasToString("64c8e02a-cb10-5baa-b9d1-d25c5f728a04");
  }

  @Test
  void randomNumbersAreTheSameInReplayAndDifferFromGeneratorToGenerator() {
    List<Long> seen = new ArrayList<>();
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              var random = ctx.newRandom();
              seen.add(random.nextLong());
              seen.add(ctx.newRandom().nextLong());
              ctx.call("a", null, Void.class).await();
              seen.add(random.nextLong());
              return null;
            });
    orchestration.parked(false).start();
    orchestration.takes(taskCompleted(0, null));

    assertThat(seen.subList(0, 2)).doesNotHaveDuplicates().isEqualTo(seen.subList(2, 4));
    assertThat(seen.get(4)).isNotIn(seen.subList(0, 4));
  }

  @Test
  void randomNumbersOfRecordedHistoriesNeverChange() {
    List<Object> seen = new ArrayList<>();
    Rehearsal.of(
            ctx -> {
              var random = ctx.newRandom();
              seen.add(random.nextLong());
              seen.add(random.nextInt(1000));
              return null;
            })
        .start();
    assertThat(seen).containsExactly(8251905040483293342L, 367);
  }

  @Test
  void replayingIsWhatIsRecordedUpToTheLastWait() {
    List<Boolean> seen = new ArrayList<>();
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              seen.add(ctx.isReplaying());
              ctx.call("a", null, Void.class).await();
              seen.add(ctx.isReplaying());
              ctx.call("b", null, Void.class).await();
              seen.add(ctx.isReplaying());
              return null;
            });
    orchestration.parked(false).start();
    assertThat(seen).containsExactly(false);
    seen.clear();
    orchestration.takes(taskCompleted(0, null));
    assertThat(seen).containsExactly(true, false);
    seen.clear();
    orchestration.takes(taskCompleted(1, null));
    assertThat(seen).containsExactly(true, true, false);
  }
}
