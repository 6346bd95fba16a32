package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.OrchestrationContext;
import dev.durable.RuntimeStatus;
import dev.durable.core.store.Commit;
import dev.durable.core.testing.Histories;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** When a parked run goes on, and when its orchestrator is replayed instead. */
class ParkedRunTest {

  private static final Duration LEASE = Town.OPTIONS.leaseTimeout();

  private final Town town = new Town(2);
  private final Losing store = new Losing();
  private final Inhabitant node = town.node("node-a", store, Town.OPTIONS);

  /** Where the orchestrators have been. */
  private final List<String> seen = new ArrayList<>();

  /** Loses commits, before or after they are written. */
  private final class Losing extends ForwardingStore {

    int commitsToFail;
    boolean afterTheCommit;

    Losing() {
      super(town.store);
    }

    @Override
    public List<CommitOutcome> commit(List<? extends Commit> commits) {
      boolean fails = commitsToFail-- > 0;
      List<CommitOutcome> outcomes = fails && !afterTheCommit ? List.of() : super.commit(commits);
      if (fails) {
        throw new IllegalStateException("pretended");
      }
      return outcomes;
    }
  }

  /** Waits for three events. */
  private String threeEvents(OrchestrationContext ctx) {
    seen.add("begins");
    StringBuilder all = new StringBuilder();
    try {
      for (int i = 0; i < 3; i++) {
        all.append(ctx.waitForEvent("go", String.class).await());
        ctx.setCustomStatus(all.toString());
        if (!ctx.isReplaying()) {
          seen.add(all.toString());
        }
      }
    } finally {
      seen.add("leaves");
    }
    return all.toString();
  }

  private void deploy() {
    town.functions.orchestrator("sample", this::threeEvents);
  }

  private void raise(String id, String eventId) {
    town.raise(id, eventId, "\"" + eventId + "\"");
    node.poll();
  }

  private void start(String id) {
    town.start(id);
    node.poll();
  }

  private void completesWith(String id, String output) {
    assertThat(town.status(id).runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(town.status(id).output()).isEqualTo("\"" + output + "\"");
    assertThat(town.status(id).customStatus()).isEqualTo("\"" + output + "\"");
  }

  @Test
  void anEpisodeGoesOnWhereTheOneBeforeWaits() {
    deploy();
    start("order-1");
    raise("order-1", "a");
    raise("order-1", "b");
    raise("order-1", "c");

    completesWith("order-1", "abc");
    assertThat(seen).containsExactly("begins", "a", "ab", "abc", "leaves");
    assertThat(node.parking()).isEqualTo(new ParkingEpisodeExecutor.Figures(3, 1, 0, 0, 0));
  }

  @Test
  void theHistoryIsTheSameAsThatOfReplays() {
    deploy();
    start("order-1");
    Town other = Town.replaying();
    other.functions.orchestrator("sample", this::threeEvents);
    other.start("order-1");
    Inhabitant replaying = other.node("node-b");
    replaying.poll();
    for (String event : List.of("a", "b", "c")) {
      raise("order-1", event);
      other.raise("order-1", event, "\"" + event + "\"");
      replaying.poll();
    }

    assertThat(town.store.history("order-1")).isEqualTo(other.store.history("order-1"));
  }

  @Test
  void oneThatMustMakeRoomIsReplayed() {
    deploy();
    start("order-1");
    start("order-2");
    start("order-3");
    assertThat(node.parking().parked()).isEqualTo(2);
    assertThat(seen).containsExactly("begins", "begins", "begins", "leaves");

    raise("order-1", "a");
    raise("order-1", "b");
    raise("order-1", "c");

    completesWith("order-1", "abc");
    assertThat(node.parking()).isEqualTo(new ParkingEpisodeExecutor.Figures(2, 4, 2, 1, 0));
  }

  @Test
  void whatOthersHaveGoneOnWithIsReplayed() {
    deploy();
    start("order-1");
    Inhabitant other = town.node("node-b");
    town.raise("order-1", "a", "\"a\"");
    other.poll();
    raise("order-1", "b");
    town.raise("order-1", "c", "\"c\"");
    other.poll();

    completesWith("order-1", "abc");
    assertThat(node.parking().continued()).isZero();
    assertThat(other.parking().continued()).isZero();
  }

  @Test
  void whatWasFencedOffIsReplayed() {
    deploy();
    start("order-1");
    town.raise("order-1", "a", "\"a\"");
    node.node.poll();
    node.loops.runAll(); // claims
    node.episodes.runAll();
    town.pass(LEASE);
    town.node("node-b").poll();
    node.run(); // is fenced off
    raise("order-1", "b");
    raise("order-1", "c");

    completesWith("order-1", "abc");
    assertThat(town.log).contains("node-a fenced");
    assertThat(node.parking()).isEqualTo(new ParkingEpisodeExecutor.Figures(2, 2, 0, 0, 0));
  }

  @Test
  void whatCouldNotBeStoredIsReplayed() {
    for (boolean afterTheCommit : new boolean[] {false, true}) {
      String id = "order-" + afterTheCommit;
      deploy();
      start(id);
      store.commitsToFail = 2;
      store.afterTheCommit = afterTheCommit;
      raise(id, "a");
      town.pass(LEASE);
      node.poll();
      raise(id, "b");
      raise(id, "c");

      completesWith(id, "abc");
      assertThat(node.parking().parked()).isZero();
    }
  }

  @Test
  void whatIsRefusedAThreadIsReplayedLater() {
    deploy();
    start("order-1");
    Inhabitant other = town.node("node-b");
    town.raise("order-1", "a", "\"a\"");
    other.episodes.reject(true);
    other.poll();
    other.episodes.reject(false);
    assertThat(town.log)
        .anyMatch(line -> line.contains(RejectedExecutionException.class.getSimpleName()));

    town.pass(Duration.ofSeconds(5));
    node.poll();
    raise("order-1", "b");
    raise("order-1", "c");
    completesWith("order-1", "abc");
    assertThat(node.parking().continued()).isEqualTo(3);
  }

  @Test
  void whatCameWhileItWasSuspendedIsTakenInWhereItWaits() {
    deploy();
    start("order-1");
    town.client().suspend("order-1", null);
    raise("order-1", "a");
    raise("order-1", "b");
    assertThat(seen).containsExactly("begins");
    town.client().resume("order-1", null);
    node.poll();
    assertThat(seen).containsExactly("begins", "a", "ab");
    raise("order-1", "c");

    completesWith("order-1", "abc");
    assertThat(node.parking().begun()).isEqualTo(1);
  }

  @Test
  void oneThatIsTerminatedLeavesItsThread() {
    deploy();
    start("order-1");
    town.terminate("order-1");
    node.poll();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(seen).containsExactly("begins", "leaves");
    assertThat(node.parking().parked()).isZero();
  }

  @Test
  void anotherStartOfTheSameIdBeginsWithItsFirstLine() {
    deploy();
    start("order-1");
    town.store.terminateNow("order-1", Histories.executionTerminated(null), town.now());
    start("order-1");
    raise("order-1", "a");
    raise("order-1", "b");
    raise("order-1", "c");

    completesWith("order-1", "abc");
    assertThat(node.parking().begun()).isEqualTo(2);
  }

  @Test
  void aRewoundRunIsNotParkedAndTheOneAfterItIs() {
    List<String> broken = new ArrayList<>(List.of("broken"));
    town.functions
        .orchestrator(
            "sample",
            ctx -> {
              seen.add("begins");
              String first = ctx.call("act", null, String.class).await();
              ctx.waitForEvent("go", String.class).await();
              return first + ctx.waitForEvent("go", String.class).await();
            })
        .activity(
            "act",
            () -> {
              if (!broken.isEmpty()) {
                throw new IllegalStateException(broken.get(0));
              }
              return "x";
            });
    start("order-1");
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    broken.clear();
    town.client().rewind("order-1", null);
    node.poll();
    assertThat(node.parking().parked()).isEqualTo(1); // after the episode with the answer
    assertThat(seen).containsExactly("begins", "begins", "begins");

    raise("order-1", "a");
    raise("order-1", "b");
    assertThat(town.status("order-1").output()).isEqualTo("\"xb\"");
    assertThat(seen).hasSize(3);
  }

  @Test
  void continueAsNewBeginsWithTheFirstLine() {
    town.functions.orchestrator(
        "sample",
        Integer.class,
        (ctx, n) -> {
          seen.add("begins with " + n);
          ctx.waitForEvent("go", String.class).await();
          ctx.waitForEvent("go", String.class).await();
          if (n < 2) {
            throw ctx.continueAsNew(n + 1);
          }
          return "done";
        });
    town.start("order-1", "0");
    for (int i = 0; i < 6; i++) {
      raise("order-1", "m" + i);
    }

    assertThat(town.status("order-1").output()).isEqualTo("\"done\"");
    assertThat(seen).containsExactly("begins with 0", "begins with 1", "begins with 2");
  }

  @Test
  void aLaterExecutionIsReplayedHoweverLongItsHistoryIs() {
    town.functions.orchestrator(
        "sample",
        Integer.class,
        (ctx, n) -> {
          seen.add("begins with " + n);
          ctx.waitForEvent("go", String.class).await();
          if (n < 1) {
            throw ctx.continueAsNew(n + 1);
          }
          return "done";
        });
    town.start("order-1", "0");
    node.poll();
    int size = town.history("order-1").size();
    Inhabitant other = town.node("node-b");
    town.raise("order-1", "a", null);
    other.poll();
    assertThat(town.history("order-1")).hasSize(size);

    raise("order-1", "b");
    assertThat(town.status("order-1").output()).isEqualTo("\"done\"");
    assertThat(node.parking().continued()).isZero();
  }

  @Test
  void theThreadAndWhatIsBoundToItStay() {
    ThreadLocal<String> local = new ThreadLocal<>();
    List<Thread> threads = new ArrayList<>();
    town.functions.orchestrator(
        "sample",
        ctx -> {
          local.set("mine");
          threads.add(Thread.currentThread());
          Thread.currentThread().interrupt();
          ctx.waitForEvent("go", String.class).await();
          threads.add(Thread.currentThread());
          return local.get() + Thread.currentThread().isInterrupted();
        });
    start("order-1");
    raise("order-1", "a");

    assertThat(town.status("order-1").output()).isEqualTo("\"minefalse\"");
    assertThat(threads).hasSize(2);
    assertThat(threads.get(0)).isSameAs(threads.get(1));
    assertThat(node.parking().continued()).isEqualTo(1);
  }

  @Test
  void whoSwallowsTheEndOfItsParkingDecidesNothingMore() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          for (int i = 0; i < 3; i++) {
            try {
              ctx.waitForEvent("go", String.class).await();
            } catch (Throwable swallowed) {
              seen.add(swallowed.getClass().getSimpleName());
            }
          }
          return "ended";
        });
    start("order-1");
    node.node.stopClaiming();
    node.run();

    assertThat(seen)
        .containsExactly("OrchestratorBlocked", "OrchestratorBlocked", "OrchestratorBlocked");
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(node.parking().leaving()).isZero();

    Inhabitant other = town.node("node-b");
    for (int i = 0; i < 3; i++) {
      town.raise("order-1", "m" + i, null);
      other.poll();
    }
    assertThat(town.status("order-1").output()).isEqualTo("\"ended\"");
  }

  @Test
  void aNodeThatStopsParksNothingAnyMore() {
    deploy();
    start("order-1");
    town.raise("order-1", "a", "\"a\"");
    node.node.poll();
    node.loops.runAll(); // claims
    node.node.stopClaiming();
    node.run();

    assertThat(town.status("order-1").customStatus()).isEqualTo("\"a\"");
    assertThat(node.parking().parked()).isZero();
    assertThat(node.parking().leaving()).isZero();
  }

  @Test
  void whatFailsWhenDecisionsAreHandedOverGivesTheWorkBack() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          seen.add("begins");
          ctx.waitForEvent("go", String.class).await();
          throw ctx.continueAsNew(null);
        });
    start("order-1");
    town.idsToFail = 1;
    raise("order-1", "a");
    assertThat(town.log).anyMatch(line -> line.contains("released"));

    town.pass(Duration.ofSeconds(5));
    node.poll();
    assertThat(town.status("order-1").executionId()).startsWith("id-");
    assertThat(seen).containsExactly("begins", "begins", "begins");
  }
}
