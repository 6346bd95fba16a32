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
  private Life life;
  private WatchedHistory history;

  WatchedInstance(World world, String id) {
    this.world = world;
    this.id = id;
    this.life = world.ledger().life(id);
    this.history = new WatchedHistory(world, id, Instant.MIN);
  }

  boolean hasFinished() {
    return before != null && before.execution().status().isFinished();
  }

  void check(Contents now, Map<String, Contents> all) {
    if (before != null && isSame(before, now)) {
      return;
    }
    if (before != null) {
      checkStep(before, now, all);
    }
    boolean hadFailed = history.end() instanceof ExecutionFailed;
    history.read(now.history());
    if (!hadFailed && history.end() instanceof ExecutionFailed) {
      Events.lost(life, history);
    }
    checkStatus(now);
    if (now.execution().status().isFinished()) {
      if (before == null || !before.execution().status().isFinished()) {
        world.statistics().reached(now.execution().status());
        world.entities().ended(world.ledger().ref(id), now.execution().number());
        happened(now, now.execution().status().name());
        new Verdict(world, now).check(all);
      }
    } else {
      if (before == null || before.execution().status() != now.execution().status()) {
        world.statistics().reached(now.execution().status());
        happened(now, now.execution().status().name());
      }
      if (history.end() == null) {
        new OpenWork(world, now, history).check(all);
      }
      new Events(world, now, history).check();
    }
    before = now;
  }

  /**
   * Every commit raises the version; a blockade changes the status; all else only adds messages or
   * takes tasks away.
   */
  private static boolean isSame(Contents before, Contents now) {
    return before.version() == now.version()
        && before.execution().status() == now.execution().status()
        && before.inbox().size() == now.inbox().size()
        && before.tasks().size() == now.tasks().size();
  }

  // ---- steps

  private void checkStep(Contents old, Contents now, Map<String, Contents> all) {
    require(now.version() >= old.version(), "a version never goes back", now);
    if (isReborn(old, now)) {
      reborn(old, now, all);
    } else if (now.execution().number() > old.execution().number()) {
      goesOn(old, now);
    } else {
      stays(old, now);
    }
  }

  private static boolean isReborn(Contents old, Contents now) {
    return now.execution().number() > old.execution().number()
        && now.execution().status() == RuntimeStatus.PENDING;
  }

  private void reborn(Contents old, Contents now, Map<String, Contents> all) {
    boolean byClient = world.ledger().life(id) != life;
    require(now.execution().number() == old.execution().number() + 1, "lives are counted", now);
    boolean ended = old.execution().status().isFinished() || life.isTerminated();
    require(ended || byClient, "what is replaced has finished", now);
    require(now.tasks().isEmpty() && now.history().isEmpty(), "a new life begins empty", now);
    require(
        !now.execution().executionId().equals(old.execution().executionId()),
        "a new life has an execution id of its own",
        now);
    if (byClient && !old.execution().status().isFinished()) {
      new Descendants(world, id, all).mustGo();
    }
    if (!byClient) {
      world.ledger().started(id);
    }
    life = world.ledger().life(id);
    history = new WatchedHistory(world, id, Instant.MIN);
  }

  /** By continue-as-new, or rewound, or both at once. */
  private void goesOn(Contents old, Contents now) {
    int executions = now.execution().number() - old.execution().number();
    boolean again = history.end() instanceof ExecutionFailed;
    boolean continued = now.history().isEmpty();
    require(!old.execution().status().isFinished(), "what goes on has not finished", now);
    require(executions == (again && continued ? 2 : 1), "executions are counted", now);
    require(again || continued, "a new execution has not run", now);
    require(
        !continued || now.execution().status() == RuntimeStatus.RUNNING,
        "a continued execution runs",
        now);
    if (continued) {
      happened(old, "continued as new");
    }
    world.statistics().count(continued ? Counter.EXECUTIONS_CONTINUED : Counter.EXECUTIONS_RERUN);
    history = continued ? history.continued() : history.rerun();
  }

  private void stays(Contents old, Contents now) {
    RuntimeStatus status = now.execution().status();
    if (!old.execution().status().isFinished()) {
      require(
          status != RuntimeStatus.PENDING || !history.hasRun(),
          "what runs was not just created",
          now);
      return;
    }
    require(now.history().equals(old.history()), "a finished history never changes", now);
    if (status.isFinished()) {
      require(now.status().equals(old.status()), "what has finished never changes", now);
    } else {
      require(
          status == RuntimeStatus.RUNNING && old.execution().status() == RuntimeStatus.FAILED,
          "only what has failed runs again",
          now);
    }
  }

  private void happened(Contents now, String what) {
    world.entities().happened(world.ledger().ref(id), now.execution().number(), what);
  }

  // ---- status

  private void checkStatus(Contents now) {
    RuntimeStatus status = now.execution().status();
    boolean agrees;
    if (history.end() instanceof ExecutionCompleted completed) {
      agrees =
          status == RuntimeStatus.COMPLETED
              && String.valueOf(completed.output()).equals(now.execution().output());
    } else if (history.end() instanceof ExecutionFailed failed) {
      agrees =
          status == RuntimeStatus.FAILED
              ? failed.failure().equals(now.execution().failure())
              : isRunAgain(now);
    } else if (history.end() instanceof ExecutionTerminated) {
      agrees = status == RuntimeStatus.TERMINATED;
    } else {
      agrees = isOpen(now);
    }
    require(agrees, "the status agrees with the history", now);
    require(
        status.isFinished() == (now.status().completedAt() != null),
        "what has finished has a time of completion",
        now);
    boolean explained = status.isFinished() || status == RuntimeStatus.BLOCKED;
    require(explained || now.execution().failure() == null, "what goes on has no failure", now);
  }

  private boolean isRunAgain(Contents now) {
    ScriptInput input = history.started();
    return !now.execution().status().isFinished()
        && (input == null || world.ledger().isRewound(input));
  }

  private boolean isOpen(Contents now) {
    RuntimeStatus status = now.execution().status();
    if (status == RuntimeStatus.BLOCKED) {
      return now.execution().failure() != null;
    }
    if (history.isSuspended()) {
      return status == RuntimeStatus.SUSPENDED;
    }
    boolean runs = status == RuntimeStatus.RUNNING;
    return history.started() == null
        ? status == RuntimeStatus.PENDING || (runs && now.execution().number() > 1)
        : runs;
  }

  private void require(boolean holds, String what, Contents now) {
    world.require(holds, what, now);
  }
}
