package dev.durable.core.simulation;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.ExecutionCompleted;
import dev.durable.core.history.HistoryEvent.ExecutionFailed;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.simulation.Statistics.Counter;
import dev.durable.core.store.InMemoryTaskHub.Contents;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instance over time: what may become of it, and what must belong to it. */
final class WatchedInstance {

  private final World world;
  private final String id;
  private @Nullable Contents before;
  private WatchedHistory history;

  WatchedInstance(World world, String id) {
    this.world = world;
    this.id = id;
    this.history = new WatchedHistory(world, id, Instant.MIN);
  }

  void check(Contents now, Map<String, Contents> all) {
    if (before != null && isSame(before, now)) {
      return;
    }
    if (before != null) {
      checkStep(before, now);
    }
    history.read(now.history());
    checkStatus(now);
    if (now.execution().status().isFinished()) {
      if (before == null || !before.execution().status().isFinished()) {
        new Verdict(world, now).check(all);
        world.ledger().finished(id);
      }
    } else {
      new OpenWork(world, now, history).check(all);
      new Events(world, now, history).check();
    }
    before = now;
  }

  /** Every commit raises the version; all else only adds messages or takes tasks away. */
  private static boolean isSame(Contents before, Contents now) {
    return before.version() == now.version()
        && before.inbox().size() == now.inbox().size()
        && before.tasks().size() == now.tasks().size();
  }

  private void checkStep(Contents old, Contents now) {
    require(now.version() >= old.version(), "a version never goes back", now);
    int executions = now.execution().number() - old.execution().number();
    require(executions == 0 || executions == 1, "executions are counted", now);
    if (executions == 1) {
      boolean again = old.execution().status().isFinished();
      require(
          now.execution().status() == (again ? RuntimeStatus.PENDING : RuntimeStatus.RUNNING),
          "a new execution has not run",
          now);
      if (!again) {
        world.statistics().count(Counter.EXECUTIONS_CONTINUED);
      }
      history = new WatchedHistory(world, id, again ? Instant.MIN : history.episodeAt());
    } else if (old.execution().status().isFinished()) {
      require(now.status().equals(old.status()), "what has finished never changes", now);
      require(now.history().equals(old.history()), "a finished history never changes", now);
    } else {
      require(
          now.execution().status() != RuntimeStatus.PENDING
              || old.execution().status() == RuntimeStatus.PENDING,
          "what runs was not just created",
          now);
    }
  }

  private void checkStatus(Contents now) {
    RuntimeStatus status = now.execution().status();
    boolean agrees;
    if (history.end() instanceof ExecutionCompleted completed) {
      agrees =
          status == RuntimeStatus.COMPLETED
              && String.valueOf(completed.output()).equals(now.execution().output());
    } else if (history.end() instanceof ExecutionFailed failed) {
      agrees = status == RuntimeStatus.FAILED && failed.failure().equals(now.execution().failure());
    } else if (history.end() instanceof ExecutionTerminated) {
      agrees = status == RuntimeStatus.TERMINATED;
    } else if (history.started() == null) {
      agrees =
          status == RuntimeStatus.PENDING
              || (status == RuntimeStatus.RUNNING && now.execution().number() > 1);
    } else {
      agrees = status == RuntimeStatus.RUNNING;
    }
    require(agrees, "the status agrees with the history", now);
    require(
        status.isFinished() == (now.status().completedAt() != null),
        "what has finished has a time of completion",
        now);
  }

  private void require(boolean holds, String what, Contents now) {
    world.require(holds, what, now);
  }
}
