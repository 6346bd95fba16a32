package dev.durable.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.EntityLockException;
import dev.durable.NonDeterminismException;
import dev.durable.PayloadException;
import dev.durable.Task;
import dev.durable.TaskFailedException;
import dev.durable.core.history.HistoryEvent.EntityLockGranted;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EntityOperationCompleted;
import dev.durable.core.history.HistoryEvent.EntityOperationFailed;
import dev.durable.core.history.HistoryEvent.EntityOperationSignaled;
import dev.durable.core.history.HistoryEvent.EntityUnlockSent;
import dev.durable.core.spi.Failures;
import dev.durable.core.testing.Counter;
import dev.durable.core.testing.Histories;
import dev.durable.core.testing.Rehearsal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls, signals and locks of entities in a replayed orchestrator. */
@SuppressWarnings("try") // a critical section need not mention its lock
class EntityCallsTest {

  private static final EntityId A = Counter.id("a");
  private static final EntityId B = Counter.id("b");
  private static final EntityLockRequested LOCK_BOTH =
      new EntityLockRequested(0, List.of("@counter@a", "@counter@b"));

  private static EntityOperationCalled called(int taskId, String operation, String input) {
    return new EntityOperationCalled(taskId, "@counter@a", operation, input);
  }

  // ---- calls and signals

  @Test
  void aCallWaitsForItsAnswer() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              ctx.callEntity(A, Counter::add, 5).await();
              return ctx.callEntity(A, Counter::get).await();
            });

    orchestration.start().decides(called(0, "add", "5")).isWaiting();
    orchestration
        .takes(new EntityOperationCompleted(0, null))
        .decides(called(1, "get", null))
        .isWaiting();
    orchestration.takes(new EntityOperationCompleted(1, "7")).completesWith("7");
  }

  @Test
  void theFailureOfACallIsThrownWhereItIsAwaited() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Task<Void> call = ctx.callEntity(A, "add", 5, Void.class);
              assertThatThrownBy(call::await)
                  .isInstanceOf(TaskFailedException.class)
                  .hasMessageContaining("add of entity counter@a");
              return "caught";
            });

    orchestration.start();
    orchestration
        .takes(new EntityOperationFailed(0, Failures.of(new IllegalStateException("no"))))
        .completesWith("\"caught\"");
  }

  @Test
  void aSignalIsDecidedAndNotWaitedFor() {
    Rehearsal.of(
            ctx -> {
              ctx.signalEntity(A, Counter::add, 5);
              ctx.signalEntity(A, Counter::add, 6, ctx.currentInstant().plus(Duration.ofHours(1)));
              return null;
            })
        .start()
        .decidesAll(
            new EntityOperationSignaled(0, "@counter@a", "add", "5", null),
            new EntityOperationSignaled(
                1, "@counter@a", "add", "6", Histories.T0.plus(Duration.ofHours(1))))
        .completesWith(null);
  }

  @Test
  void anotherEntityThanTheRecordedOneIsDrift() {
    Rehearsal orchestration = Rehearsal.of(ctx -> ctx.callEntity(A, Counter::get).await());
    orchestration.start();
    orchestration.redeploy(ctx -> ctx.callEntity(B, Counter::get).await());

    assertThatThrownBy(() -> orchestration.takes(new EntityOperationCompleted(0, "1")))
        .isInstanceOf(NonDeterminismException.class)
        .hasMessageContaining("recorded is the call of get of entity counter@a (task 0)")
        .hasMessageContaining("does the call of get of entity counter@b (task 0)");
  }

  @Test
  void whatCannotBeSentIsRefusedAtOnce() {
    Rehearsal.of(
            ctx -> {
              assertThatThrownBy(
                      () -> ctx.signalEntity(A, "add", 1, ctx.currentInstant().minusMillis(1)))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("Nothing was sent");
              assertThatThrownBy(() -> ctx.callEntity(A, "", 1, Void.class))
                  .isInstanceOf(IllegalArgumentException.class);
              assertThatThrownBy(() -> ctx.signalEntity(A, "add", "x".repeat(2_000_000)))
                  .isInstanceOf(PayloadException.class);
              assertThatThrownBy(() -> ctx.callEntity(new EntityId("x", "a"), Counter::get))
                  .isInstanceOf(IllegalArgumentException.class);
              assertThatThrownBy(() -> ctx.callEntity(A, (Counter counter) -> 1))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("a lambda expression");
              return null;
            })
        .start()
        .completesWith(null);
  }

  // ---- critical sections

  @Test
  void aSectionIsLockedInOneOrderAndReleasedAtItsEnd() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              List<EntityId> within = new ArrayList<>();
              try (EntityLock lock = ctx.lock(B, A, B)) {
                within.addAll(ctx.lockedEntities());
                ctx.callEntity(A, Counter::add, 5).await();
              }
              assertThat(ctx.lockedEntities()).isEmpty();
              return within.toString();
            });

    orchestration.start().decides(LOCK_BOTH).isWaiting();
    orchestration.takes(new EntityLockGranted(0)).decides(called(1, "add", "5")).isWaiting();
    orchestration
        .takes(new EntityOperationCompleted(1, null))
        .decides(new EntityUnlockSent(2, 0))
        .completesWith("\"[counter@a, counter@b]\"");
  }

  @Test
  void aSectionThatIsLeftByAFailureIsReleased() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              try (EntityLock lock = ctx.lock(A, B)) {
                throw new IllegalStateException("no");
              }
            });
    orchestration.start();

    orchestration
        .takes(new EntityLockGranted(0))
        .decides(new EntityUnlockSent(1, 0))
        .failsWith(IllegalStateException.class);
  }

  @Test
  void closingTwiceReleasesOnce() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              EntityLock lock = ctx.lock(A, B);
              lock.close();
              lock.close();
              return null;
            });
    orchestration.start();

    orchestration
        .takes(new EntityLockGranted(0))
        .decides(new EntityUnlockSent(1, 0))
        .completesWith(null);
  }

  @Test
  void aRefusedLockReleasesWhatWasLockedBefore() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              assertThatThrownBy(() -> ctx.lock(A, B)).isInstanceOf(TaskFailedException.class);
              return ctx.lockedEntities().size();
            });
    orchestration.start();

    orchestration
        .takes(new EntityOperationFailed(0, Failures.of(new IllegalStateException("no"))))
        .decides(new EntityUnlockSent(1, 0))
        .completesWith("0");
  }

  @Test
  void theRulesOfSectionsAreKept() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              EntityId outside = Counter.id("c");
              try (EntityLock lock = ctx.lock(A, B)) {
                assertBroken(() -> ctx.lock(outside), "cannot be nested");
                assertBroken(
                    () -> ctx.callSubOrchestrator("child", null, Void.class),
                    "sub-orchestration cannot be called");
                assertBroken(() -> ctx.callEntity(outside, Counter::get), "is not part of");
                assertBroken(() -> ctx.signalEntity(A, Counter::add, 1), "would wait for its end");
                ctx.callEntity(A, Counter::add, 1);
                assertBroken(() -> ctx.callEntity(A, Counter::add, 2), "once at a time");
                ctx.callEntity(B, Counter::add, 3);
                ctx.signalEntity(outside, Counter::add, 4);
                ctx.call("act", null, Void.class);
              }
              ctx.callEntity(outside, Counter::get);
              return null;
            });
    orchestration.start();

    orchestration
        .takes(new EntityLockGranted(0))
        .decidesAll(
            called(1, "add", "1"),
            new EntityOperationCalled(2, "@counter@b", "add", "3"),
            new EntityOperationSignaled(3, "@counter@c", "add", "4", null),
            Histories.taskScheduled(4, "act", null),
            new EntityUnlockSent(5, 0),
            new EntityOperationCalled(6, "@counter@c", "get", null))
        .completesWith(null);
  }

  private static void assertBroken(Runnable call, String rule) {
    assertThatThrownBy(call::run)
        .isInstanceOf(EntityLockException.class)
        .hasMessageContaining(rule);
  }

  @Test
  void aLockHasOneToAHundredEntities() {
    Rehearsal.of(
            ctx -> {
              assertThatThrownBy(() -> ctx.lock())
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("allowed: 1 to 100");
              List<EntityId> tooMany = new ArrayList<>();
              for (int i = 0; i <= 100; i++) {
                tooMany.add(Counter.id("k" + i));
              }
              Collections.shuffle(tooMany);
              assertThatThrownBy(() -> ctx.lock(tooMany))
                  .isInstanceOf(IllegalArgumentException.class);
              return null;
            })
        .start()
        .completesWith(null);
  }
}
