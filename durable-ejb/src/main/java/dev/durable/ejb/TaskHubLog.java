package dev.durable.ejb;

import dev.durable.EntityId;
import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.spi.Names;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.worker.TaskHubListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What happened, as lines for people. Each line has an id: DUR-1nnn start and stop, DUR-2nnn
 * deployment, DUR-3nnn database, DUR-4nnn work, DUR-5nnn the HTTP API, DUR-6nnn other nodes ({@link
 * ClusterLog}). Payloads are never written. Races that must be expected are told at DEBUG.
 */
final class TaskHubLog implements TaskHubListener {

  private static final int LINES = 5;
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  /** What became of these only people can find out. */
  private static final Set<String> NEVER_BEGUN_AGAIN =
      Set.of(FailureDetails.POISONED, FailureDetails.OUTCOME_UNKNOWN);

  private final Logger log;
  private final LogLimit storeFailures = new LogLimit(LINES, INTERVAL, System::nanoTime);
  private final LogLimit releases = new LogLimit(LINES, INTERVAL, System::nanoTime);
  private final LogLimit blocked = new LogLimit(LINES, INTERVAL, System::nanoTime);
  private final LogLimit failedSignals = new LogLimit(LINES, INTERVAL, System::nanoTime);
  private final LogLimit longHistories = new LogLimit(LINES, INTERVAL, System::nanoTime);

  TaskHubLog(Logger log) {
    this.log = log;
  }

  // ---- start and stop

  void started(HubSettings settings, String node, DeployedFunctions functions, int schemaVersion) {
    log.log(
        Level.INFO,
        "DUR-1001: Task hub {0} has started as node {1} with {2} orchestrators, {3} activities and {4} entities, database schema {5}, mode {6}.",
        settings.taskHub(),
        node,
        String.valueOf(functions.orchestratorNames().size()),
        String.valueOf(functions.activityNames().size()),
        String.valueOf(functions.entityNames().size()),
        String.valueOf(schemaVersion),
        settings.mode());
  }

  void refused() {
    log.log(
        Level.INFO,
        "DUR-1007: The server takes no more tasks, because it stops. The node claims nothing from now on.");
  }

  void stopping(int activeLeases, Duration timeout) {
    log.log(
        Level.INFO,
        "DUR-1002: The node is stopping. It claims nothing more; {0} work items have {1} to end.",
        String.valueOf(activeLeases),
        timeout);
  }

  void stillLeaving(int orchestrators) {
    log.log(
        Level.WARNING,
        "DUR-1009: {0} orchestrators that waited were asked to leave their code and have not: it catches what it should not, or blocks.",
        String.valueOf(orchestrators));
  }

  void stopped(int givenBack) {
    if (givenBack == 0) {
      log.log(Level.INFO, "DUR-1003: The node has stopped; all its work has ended.");
    } else {
      log.log(
          Level.WARNING,
          "DUR-1004: The node has stopped. {0} work items had not ended and were given back; other nodes, or the next start, do them again.",
          String.valueOf(givenBack));
    }
  }

  /**
   * Servers show what a start-up bean throws in a place of their own, wrapped; this line says it
   * plainly.
   */
  void notStarted(RuntimeException reason) {
    log.log(
        Level.ERROR,
        "DUR-1006: The engine does not start, so the application does not. {0}",
        reason.getMessage());
  }

  void unknownKeys(List<String> warnings) {
    warnings.forEach(warning -> log.log(Level.WARNING, "DUR-1005: {0}", warning));
  }

  void deploymentWarnings(List<String> warnings) {
    warnings.forEach(warning -> log.log(Level.WARNING, "DUR-2001: {0}", warning));
  }

  // ---- database

  @Override
  public void storeFailed(String what, Throwable reason) {
    LogLimit.Answer answer = storeFailures.ask();
    if (answer.allowed()) {
      log.log(
          Level.WARNING,
          "DUR-3001: The database failed at: " + what + "." + others(answer),
          reason);
    }
  }

  // ---- work

  @Override
  public void instanceStarted(InstanceRef instance, String name) {
    log.log(Level.DEBUG, "DUR-4001: {0} ({1}) has started.", instance.id(), name);
  }

  @Override
  public void instanceFinished(InstanceRef instance, String name, RuntimeStatus status) {
    Level level = status == RuntimeStatus.FAILED ? Level.INFO : Level.DEBUG;
    log.log(level, "DUR-4002: {0} ({1}) is {2}.", instance.id(), name, status);
  }

  @Override
  public void activityFinished(ActivityTask task, Completion completion) {
    if (completion instanceof TaskFailed failed) {
      FailureDetails failure = failed.failure();
      if (NEVER_BEGUN_AGAIN.contains(failure.type())) {
        log.log(
            Level.WARNING,
            "DUR-4009: {0}, task {1} of {2}: {3}",
            failure.type(),
            String.valueOf(task.taskId()),
            task.instance().id(),
            failure.message());
        return;
      }
      log.log(
          Level.DEBUG,
          "DUR-4003: Activity {0}, task {1} of {2}, failed with {3}; its orchestrator decides what happens next.",
          task.name(),
          String.valueOf(task.taskId()),
          task.instance().id(),
          failure.type());
    }
  }

  /** Of a failed signal nobody else hears. */
  @Override
  public void operationFinished(
      EntityId entity, String operation, boolean signal, @Nullable FailureDetails failure) {
    if (failure == null) {
      return;
    }
    if (!signal) {
      log.log(
          Level.DEBUG,
          "DUR-4013: Operation {0} of entity {1} failed with {2}; its caller decides what happens next.",
          operation,
          entity,
          failure.type());
      return;
    }
    LogLimit.Answer answer = failedSignals.ask();
    if (answer.allowed()) {
      log.log(
          Level.WARNING,
          "DUR-4012: Operation {0} of entity {1}, which was signalled, failed and has changed nothing: {2}{3}",
          operation,
          entity,
          failure.summary(),
          others(answer));
    }
  }

  @Override
  public void messagesDropped(InstanceRef instance, int count) {
    log.log(
        Level.DEBUG,
        "DUR-4004: {0} messages to {1} came for nothing and were dropped.",
        String.valueOf(count),
        instance.id());
  }

  @Override
  public void commitFenced(Lease lease) {
    log.log(
        Level.DEBUG,
        "DUR-4005: The result of {0} was not stored: it is stored already, another node has the work, or the instance was terminated.",
        describe(lease));
  }

  @Override
  public void leaseLost(Lease lease) {
    log.log(
        Level.WARNING,
        "DUR-4006: The lease of {0} is lost: this node could not renew it in time, or the instance was terminated. Another node may do the work again; what"
            + " this one still does is not stored.",
        describe(lease));
  }

  @Override
  public void workReleased(Lease lease, Throwable reason, Instant claimableFrom) {
    if (reason instanceof RejectedExecutionException) {
      log.log(
          Level.DEBUG,
          "DUR-4007: {0} was given back, because the server is stopping.",
          describe(lease));
      return;
    }
    LogLimit.Answer answer = releases.ask();
    if (answer.allowed()) {
      String line =
          "DUR-4008: "
              + describe(lease)
              + " could not be done and was given back; it is tried again from "
              + claimableFrom;
      log.log(Level.WARNING, line + "." + others(answer), reason);
    }
  }

  @Override
  public void instanceBlocked(
      InstanceRef instance, String name, FailureDetails reason, Instant until) {
    LogLimit.Answer answer = blocked.ask();
    if (answer.allowed()) {
      log.log(
          Level.WARNING,
          "DUR-4010: {0} ({1}) is BLOCKED and tried again {2}: {3}{4}",
          instance.id(),
          name,
          whenTried(instance, until),
          reason.summary(),
          others(answer));
    }
  }

  private static String whenTried(InstanceRef instance, Instant until) {
    if (until.equals(Names.LATEST_TIME)) {
      return "only when it is resumed";
    }
    return EntityDelivery.isEntity(instance.id())
        ? "at " + until + " and when a node starts"
        : "at " + until + ", when a node starts, and when it is resumed";
  }

  @Override
  public void historyLong(InstanceRef instance, String name, int events) {
    LogLimit.Answer answer = longHistories.ask();
    if (answer.allowed()) {
      log.log(
          Level.WARNING,
          "DUR-4011: The history of {0} ({1}) has {2} events. All are read again for each of its episodes, and it fails at durable.max-history-events: let it"
              + " continue as new.{3}",
          instance.id(),
          name,
          String.valueOf(events),
          others(answer));
    }
  }

  private static String describe(Lease lease) {
    String of =
        lease instanceof ActivityLease activity
            ? "task " + activity.taskId() + " of "
            : "an episode of ";
    return of + lease.instance().id();
  }

  private static String others(LogLimit.Answer answer) {
    return answer.suppressed() == 0
        ? ""
        : " " + answer.suppressed() + " more lines of this kind were left out before.";
  }
}
