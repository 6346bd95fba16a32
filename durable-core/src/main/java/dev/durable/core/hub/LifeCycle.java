package dev.durable.core.hub;

import dev.durable.InstanceFilter;
import dev.durable.InstanceFinishedException;
import dev.durable.InstanceNotFoundException;
import dev.durable.InvalidInstanceStateException;
import dev.durable.RuntimeStatus;
import dev.durable.TerminateOptions;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionSuspended;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.spi.Failures;
import dev.durable.core.spi.Names;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.ActionOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import dev.durable.core.worker.WakeUps;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What clients do to instances that are there. */
final class LifeCycle {

  /** How many instances one transaction purges at most. */
  private static final int PURGED_AT_ONCE = 100;

  private final TaskHubStore store;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final WakeUps wakeUps;

  LifeCycle(TaskHubStore store, InstantSource clock, Supplier<String> ids, WakeUps wakeUps) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.wakeUps = wakeUps;
  }

  /** Checks what a filter says of ids and tags. */
  static void check(InstanceFilter filter) {
    if (filter.instanceIdPrefix() != null) {
      Names.checkInstanceIdPrefix(filter.instanceIdPrefix());
    }
    Names.checkTags(filter.tags());
  }

  // ---- messages

  void send(String instanceId, String messageId, HistoryEvent event, boolean once) {
    answered(
        instanceId, store.send(Names.checkInstanceId(instanceId), messageId, event, now(), once));
  }

  void suspend(String instanceId, @Nullable String reason) {
    send(instanceId, "suspend:" + ids.get(), new ExecutionSuspended(Failures.cut(reason)), false);
  }

  void resume(String instanceId, @Nullable String reason) {
    send(instanceId, "resume:" + ids.get(), new ExecutionResumed(Failures.cut(reason)), false);
  }

  void terminate(String instanceId, TerminateOptions options) {
    ExecutionTerminated event =
        new ExecutionTerminated(Failures.cut(options.reason()), options.cascade());
    if (options.force()) {
      answered(instanceId, store.terminateNow(Names.checkInstanceId(instanceId), event, now()));
      wakeUps.instanceDue(InstanceKind.ENTITY); // it may have locked some
    } else {
      send(instanceId, "terminate:" + ids.get(), event, false);
    }
  }

  private void answered(String instanceId, SendOutcome outcome) {
    if (outcome instanceof SendOutcome.NotFound) {
      throw new InstanceNotFoundException(instanceId);
    }
    if (outcome instanceof SendOutcome.Finished finished) {
      throw new InstanceFinishedException(instanceId, finished.status());
    }
    wakeUps.instanceDue(InstanceKind.ORCHESTRATION);
  }

  // ---- actions

  void rewind(String instanceId, @Nullable String reason) {
    ActionOutcome outcome =
        store.rewind(
            Names.checkInstanceId(instanceId), new ExecutionRewound(Failures.cut(reason)), now());
    done(instanceId, outcome, "be rewound", RuntimeStatus.FAILED.name());
    wakeUps.instanceDue(InstanceKind.ORCHESTRATION);
  }

  void purge(String instanceId) {
    done(instanceId, store.purge(Names.checkInstanceId(instanceId)), "be purged", "finished");
  }

  private static void done(
      String instanceId, ActionOutcome outcome, String wanted, String allowed) {
    if (outcome instanceof ActionOutcome.NotFound) {
      throw new InstanceNotFoundException(instanceId);
    }
    if (outcome instanceof ActionOutcome.WrongStatus wrong) {
      throw new InvalidInstanceStateException(instanceId, wrong.status(), wanted, allowed);
    }
  }

  long purge(InstanceFilter filter) {
    check(filter);
    long purged = 0;
    int last;
    do {
      last = store.purge(filter, PURGED_AT_ONCE);
      purged += last;
    } while (last > 0); // a portion may be small because others purge as well
    return purged;
  }

  /** What a store can keep. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
