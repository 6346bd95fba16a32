package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.durable.RuntimeStatus;
import dev.durable.SubOrchestrationOptions;
import dev.durable.TerminateOptions;
import dev.durable.cluster.WatchdogReport;
import dev.durable.cluster.WatchdogReport.Orphan;
import dev.durable.cluster.WatchdogReport.Overdue;
import dev.durable.core.store.Findings;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.testing.Histories;
import dev.durable.core.testing.TestFunctions;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private static final Duration LEASE = Town.OPTIONS.leaseTimeout();
  private static final Duration OVERDUE = LEASE.multipliedBy(2);

  private final Town town = new Town();
  private final Inspection inspection = new Inspection(town.store, town::now, Town.OPTIONS);

  private Watchdog of(String node) {
    return of(node, town.store);
  }

  private Watchdog of(String node, TaskHubStore store) {
    return new Watchdog(node, store, town::now, Town.OPTIONS, town);
  }

  private WatchdogReport report() {
    return inspection.report();
  }

  // ---- leases

  @Test
  void whatANodeHadThatIsNoneOfTheHubsAnyMoreCanBeClaimedAtOnce() {
    town.functions.orchestrator("sample", ctx -> "done");
    Inhabitant b = town.neighbour("node-b", town.functions);
    town.start("order-1");
    b.node.poll();
    b.loops.runAll();
    town.store.leave("node-b");
    Inhabitant a = town.neighbour("node-a", town.functions);
    a.poll();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    of("node-a").look();
    a.poll();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(town.log).startsWith("released 1 of nodes that are gone", "found 0, 0 of it new");
  }

  // ---- whose turn it is

  @Test
  void onlyTheLiveNodeWithTheSmallestNameLooks() {
    town.neighbour("node-a", town.functions);
    Inhabitant b = town.neighbour("node-b", town.functions);
    of("node-b").look();
    assertThat(town.log).isEmpty();
    of("node-a").look();
    assertThat(town.log).hasSize(1);
    town.pass(LEASE.dividedBy(2));
    b.node.heartbeat();
    town.pass(LEASE.dividedBy(2));
    of("node-b").look();

    assertThat(town.log).hasSize(2);
  }

  @Test
  void aNodeThatTheHubDoesNotKnowDoesNotLook() {
    of("node-a").look();

    assertThat(town.log).isEmpty();
  }

  // ---- what is told

  private void overdue() {
    town.start("order-1");
    town.pass(OVERDUE);
  }

  @Test
  void aFindingIsNewOnceAndAgainWhenItHasChanged() {
    Watchdog watchdog = of("node-a");
    Inhabitant a = town.neighbour("node-a", new TestFunctions());
    overdue();
    a.node.heartbeat();
    watchdog.look();
    watchdog.look();
    assertThat(town.log).containsExactly("found 1, 1 of it new", "found 1, 0 of it new");
    town.neighbour("node-b", new TestFunctions().orchestrator("sample", ctx -> 1));
    watchdog.look();
    assertThat(town.log).last().as("it is runnable now").isEqualTo("found 1, 1 of it new");
    town.store.terminateNow("order-1", Histories.executionTerminated(null), town.now());
    watchdog.look();

    assertThat(town.log).last().isEqualTo("found 0, 0 of it new");
  }

  @Test
  void whoseTurnItIsNoLongerHasNothingToTell() {
    Watchdog watchdog = of("node-b");
    Inhabitant b = town.neighbour("node-b", new TestFunctions());
    overdue();
    b.node.heartbeat();
    watchdog.look();
    town.neighbour("node-a", new TestFunctions());
    watchdog.look();
    watchdog.look();

    assertThat(town.log).containsExactly("found 1, 1 of it new", "found 0, 0 of it new");
  }

  @Test
  void aLookThatFailsIsTold() {
    town.neighbour("node-a", town.functions);
    Watchdog watchdog =
        of(
            "node-a",
            new ForwardingStore(town.store) {
              @Override
              public Findings inspect(Instant overdueSince, Instant now, int max) {
                throw new IllegalStateException("pretended");
              }
            });
    watchdog.look();

    assertThat(town.log)
        .containsExactly("store failed: look of the watchdog; it looks again in a while");
  }

  // ---- what is found

  @Test
  void workIsOverdueThatNobodyClaimsForTwoLeaseTimeOuts() {
    Instant since = town.now();
    town.start("order-1");
    town.pass(OVERDUE.minusMillis(1));
    assertThat(report().isEmpty()).isTrue();
    town.pass(Duration.ofMillis(1));

    assertThat(report())
        .isEqualTo(
            new WatchdogReport(
                town.now(),
                List.of(new Overdue("order-1", "sample", false, since, false)),
                List.of()));
  }

  @Test
  void overdueWorkIsRunnableIfALiveNodeHasItsFunction() {
    Inhabitant a =
        town.neighbour(
            "node-a",
            new TestFunctions()
                .orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await()));
    overdue();
    assertThat(report().overdue()).extracting(Overdue::runnable).containsExactly(false);
    a.node.heartbeat();
    assertThat(report().overdue()).extracting(Overdue::runnable).containsExactly(true);
    town.store.drain("node-a", true);

    assertThat(report().overdue()).extracting(Overdue::runnable).containsExactly(false);
  }

  @Test
  void overdueActivitiesAreTold() {
    town.functions.orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await());
    Inhabitant a = town.neighbour("node-a", town.functions);
    town.neighbour("node-b", new TestFunctions().activity("a", () -> 1));
    town.start("order-1");
    a.poll();
    town.pass(OVERDUE);
    town.neighbour("node-b", new TestFunctions().activity("a", () -> 1));

    assertThat(report().overdue())
        .extracting(Overdue::name, Overdue::activity, Overdue::runnable)
        .containsExactly(tuple("a", true, true));
  }

  @Test
  void childrenAreToldWhoseParentIsGone() {
    town.functions
        .orchestrator("child", ctx -> ctx.waitForEvent("go", String.class).await())
        .orchestrator(
            "sample",
            ctx ->
                ctx.callSubOrchestrator(
                        "child", null, String.class, SubOrchestrationOptions.withId("child-1"))
                    .await());
    town.start("order-1");
    town.node("node-a").poll();
    town.client().terminate("order-1", TerminateOptions.because("enough").forced());

    assertThat(report().orphans()).containsExactly(new Orphan("child-1", "order-1"));
  }
}
