package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableClient;
import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.EntityLockedException;
import dev.durable.OrchestrationContext;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import dev.durable.StartPolicy;
import dev.durable.TerminateOptions;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.testing.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Critical sections over entities: who waits for whom, and that no lock outlives its owner. */
@SuppressWarnings("try") // a critical section need not mention its lock
class EntityLockTest {

  private static final EntityId A = Counter.id("a");
  private static final EntityId B = Counter.id("b");

  private final Town town = new Town();
  private final Town.Inhabitant node = town.node("node-a");
  private final DurableClient client = town.client();

  @BeforeEach
  void deploy() {
    town.functions.entity(Counter.class);
    town.functions.orchestrator("sample", EntityLockTest::holdUntilGo);
  }

  /** Locks both, waits for an event, adds 1 to both, and then does what the event says. */
  private static Object holdUntilGo(OrchestrationContext ctx) {
    try (EntityLock lock = ctx.lock(B, A)) {
      String then = ctx.waitForEvent("go", String.class).await();
      if (then.equals("fail")) {
        throw new IllegalStateException("as told");
      }
      if (then.equals("again")) {
        throw ctx.continueAsNew(null);
      }
      ctx.callEntity(A, Counter::add, 1).await();
      ctx.callEntity(B, Counter::add, 1).await();
      return lock.entities().toString();
    }
  }

  private String lockedBy(EntityId entity) {
    return client.entityStatus(entity).map(status -> status.lockedBy()).orElse(null);
  }

  private int value(EntityId entity) {
    return client
        .readEntity(entity, Map.class)
        .map(map -> ((Number) map.get("value")).intValue())
        .orElse(0);
  }

  private void go(String then) {
    client.raiseEvent("order-1", "go", then);
    node.poll();
  }

  private void lockByOrder1() {
    town.start("order-1");
    node.poll();
    assertThat(lockedBy(A)).isEqualTo("order-1");
    assertThat(lockedBy(B)).isEqualTo("order-1");
  }

  private void assertThatNothingIsLocked() {
    node.poll();
    assertThat(lockedBy(A)).isNull();
    assertThat(lockedBy(B)).isNull();
  }

  @Test
  void othersWaitUntilTheSectionIsLeft() {
    client.signalEntity(A, Counter::append, "1");
    lockByOrder1();
    client.signalEntity(A, Counter::append, "2");
    client.signalEntity(A, Counter::append, "3");
    node.poll();
    client.signalEntity(A, Counter::append, "4");
    node.poll();
    assertThat(client.entityStatus(A).orElseThrow().state()).contains("\"text\":\"1\"");

    go("end");

    assertThat(town.status("order-1").output()).isEqualTo("\"[counter@a, counter@b]\"");
    assertThat(client.entityStatus(A).orElseThrow().state()).contains("\"text\":\"1234\"");
    assertThat(value(A)).isEqualTo(1);
    assertThatNothingIsLocked();
  }

  @Test
  void waitingOperationsOfALockedEntityDoNotKeepItsNodeBusy() {
    lockByOrder1();
    client.signalEntity(A, Counter::add, 1);
    node.poll();
    int batches = town.batches.size();
    node.poll();

    assertThat(town.batches).hasSize(batches);
    assertThat(node.node.activeLeases()).isZero();
  }

  @Test
  void sectionsOverTheSameEntitiesComeOneAfterTheOther() {
    lockByOrder1();
    town.start("order-2");
    node.poll();
    assertThat(lockedBy(A)).isEqualTo("order-1");

    go("end");
    assertThat(lockedBy(A)).isEqualTo("order-2");
    assertThat(lockedBy(B)).isEqualTo("order-2");

    client.raiseEvent("order-2", "go", "end");
    node.poll();
    assertThat(value(B)).isEqualTo(2);
    assertThatNothingIsLocked();
  }

  @Test
  void whatIsLockedIsNotReadByAccident() {
    lockByOrder1();

    assertThatThrownBy(() -> client.readEntity(A, Map.class))
        .isInstanceOf(EntityLockedException.class)
        .hasMessageContaining("locked by instance order-1");
  }

  // ---- the ends of owners

  @Test
  void aFailureReleases() {
    lockByOrder1();
    go("fail");
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    assertThatNothingIsLocked();
  }

  @Test
  void continueAsNewReleases() {
    lockByOrder1();
    town.functions.orchestrator("sample", ctx -> ctx.waitForEvent("never", Void.class).await());
    town.functions.orchestrator("sample", EntityLockTest::lockOnlyTheFirstTime);
    go("again");
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    assertThatNothingIsLocked();
  }

  private static Object lockOnlyTheFirstTime(OrchestrationContext ctx) {
    return ctx.executionId().equals("order-1-e1")
        ? holdUntilGo(ctx)
        : ctx.waitForEvent("never", Void.class).await();
  }

  @Test
  void terminationReleases() {
    lockByOrder1();
    client.terminate("order-1");
    assertThatNothingIsLocked();
  }

  @Test
  void forcedTerminationReleases() {
    lockByOrder1();
    client.terminate("order-1", TerminateOptions.because("stuck").forced());
    assertThatNothingIsLocked();
  }

  @Test
  void replacementReleases() {
    lockByOrder1();
    town.functions.orchestrator("other", ctx -> null);
    client.start(
        "other",
        null,
        StartOptions.withId("order-1").withPolicy(StartPolicy.TERMINATE_AND_REPLACE));
    assertThatNothingIsLocked();
  }

  @Test
  void whoEndsWhileWaitingGetsNoLock() {
    lockByOrder1();
    town.start("order-2");
    node.poll();
    client.terminate("order-2");
    node.poll();

    go("end");

    assertThatNothingIsLocked();
    assertThat(value(A)).isEqualTo(1);
  }

  @Test
  void whoEndsWhileItsLockIsUnderWayGetsNoLock() {
    town.start("order-1");
    node.node.poll();
    node.loops.runAll();
    node.episodes.runAll(); // the lock is asked for
    node.loops.runAll();
    client.terminate("order-1", TerminateOptions.because("too slow").forced());

    assertThatNothingIsLocked();
    assertThat(client.entityStatus(A).orElseThrow().waitingOperations()).isZero();
  }

  @Test
  void whoEndsBetweenClaimAndCommitGetsNoLockAndTheEntityGoesOnAtOnce() {
    town.start("order-1");
    node.node.poll();
    node.loops.runAll();
    node.episodes.runAll();
    Town.Inhabitant other =
        town.node(
            "node-b",
            new ForwardingStore(town.store) {
              @Override
              public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
                List<InstanceWorkItem> claimed = super.claimInstances(claim);
                boolean runs =
                    client.status("order-1").orElseThrow().runtimeStatus() == RuntimeStatus.RUNNING;
                if (runs && claim.kinds().contains(InstanceKind.ENTITY)) {
                  client.terminate("order-1", TerminateOptions.because("too slow").forced());
                }
                return claimed;
              }
            },
            Town.OPTIONS);
    client.signalEntity(A, Counter::add, 1);
    node.node.stopClaiming();
    node.loops.runAll(); // the lock is asked for
    other.poll();

    assertThat(town.log).contains("node-b fenced");
    assertThat(lockedBy(A)).isNull();
    assertThat(value(A)).isEqualTo(1);
  }

  @Test
  void aFailedSectionMayBeDoneAgainByARewind() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try (EntityLock lock = ctx.lock(A, B)) {
            ctx.callEntity(A, Counter::add, 1).await();
            if (ctx.waitForEvent("go", String.class).await().equals("fail")) {
              throw new IllegalStateException("as told");
            }
            return null;
          }
        });
    town.start("order-1");
    go("fail");
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    assertThat(value(A)).isEqualTo(1);
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try (EntityLock lock = ctx.lock(A, B)) {
            ctx.callEntity(A, Counter::add, 1).await();
            return "done";
          }
        });

    client.rewind("order-1", null);
    node.poll();

    assertThat(town.status("order-1").output()).isEqualTo("\"done\"");
    assertThat(value(A)).isEqualTo(1);
    assertThatNothingIsLocked();
  }

  @Test
  void whatWasSignaledIsNotSignaledAgainByARewind() {
    EntityId log = Counter.id("log");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try (EntityLock lock = ctx.lock(A)) {
            ctx.callEntity(A, Counter::add, 1).await();
            ctx.signalEntity(log, Counter::append, "x");
          }
          ctx.signalEntity(log, Counter::append, "y");
          String then = ctx.waitForEvent("go", String.class).await();
          ctx.signalEntity(log, Counter::append, "x");
          return ctx.call("flaky", then, String.class).await();
        });
    town.functions.activity(
        "flaky",
        () -> {
          throw new IllegalStateException("not yet");
        });
    town.start("order-1");
    go("fail");
    town.functions.activity("flaky", () -> "done");

    client.rewind("order-1", null);
    node.poll();
    assertThat(town.status("order-1").output()).isEqualTo("\"done\"");
    assertThat(client.entityStatus(log).orElseThrow().state()).contains("\"text\":\"xyx\"");
    assertThat(value(A)).isEqualTo(1);
  }

  @Test
  void aLockEndsWithItsOwnerAlsoWhereTheEntityCannotBeRun() {
    lockByOrder1();
    client.signalEntity(A, Counter::add, 1);
    node.poll();
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try (EntityLock lock = ctx.lock(A, B)) {
            ctx.waitForEvent("go", String.class).await();
            ctx.callEntity(A, Counter::add, 1);
            throw new IllegalStateException("as told");
          }
        });
    client.terminate("order-1");
    node.poll();
    town.start("order-2");
    node.poll();
    assertThat(lockedBy(A)).isEqualTo("order-2");

    town.functions.entity("counter", new Picky());
    client.raiseEvent("order-2", "go", "fail");
    node.poll();

    assertThat(lockedBy(A)).isNull();
    assertThat(client.entityStatus(A).orElseThrow().failure().message()).contains("cannot be read");
  }

  // ---- refusals

  @Test
  void aLockOfWhatDoesNotExistFailsAndLeavesNothingLocked() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try (EntityLock lock = ctx.lock(A, new EntityId("nothing", "x"))) {
            return lock.entities();
          } catch (RuntimeException e) {
            ctx.createTimer(Duration.ofSeconds(1)).await();
            return e.getMessage();
          }
        });
    town.start("order-1");
    node.poll();
    assertThatNothingIsLocked();
    town.pass(Duration.ofSeconds(2));
    node.poll();

    assertThat(town.status("order-1").output())
        .as(town.history("order-1") + " " + town.log)
        .contains("no entity named nothing");
  }
}
