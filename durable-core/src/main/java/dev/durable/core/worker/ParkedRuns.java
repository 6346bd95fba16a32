package dev.durable.core.worker;

import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.worker.EpisodeExecutor.Callback;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The runs that are parked, how many there may be, and which of them goes on with an episode. Every
 * change of where a run stands is made here, under one lock that is never held while user code or a
 * callback runs. Thread-safe.
 */
final class ParkedRuns {

  private final int max;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allLeft = lock.newCondition();

  /** Those that hold a thread, the one that was parked first first. */
  private final Set<ParkedRun> parked = new LinkedHashSet<>();

  /** Those of them whose decisions are stored, by the keys of their instances. */
  private final Map<Long, ParkedRun> ready = new HashMap<>();

  private boolean stopped;
  private int leaving;
  private long continued;
  private long begun;
  private long evicted;

  ParkedRuns(int max) {
    this.max = max;
  }

  /**
   * Has the run go on that this episode follows on. Returns whether there was one. One whose thread
   * is lent has to leave: nobody knows when that comes back.
   */
  boolean goOn(OrchestratorTask task, Callback callback) {
    lock.lock();
    try {
      ParkedRun run = ready.remove(task.instance().key());
      if (run != null && !run.isLent() && run.isFollowedBy(task)) {
        parked.remove(run);
        run.follow(task, callback);
        continued++;
        return true;
      }
      if (run != null) {
        dismiss(run);
      }
      begun++;
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a run in that has to wait, in the place of the eldest if there is none; or not at all.
   */
  boolean park(ParkedRun run) {
    lock.lock();
    try {
      if (stopped || max == 0) {
        return false;
      }
      while (parked.size() >= max) {
        evicted++;
        dismiss(parked.iterator().next());
      }
      parked.add(run);
      run.park();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Something else is about to run on the thread of the run. Returns whether that is parked. */
  boolean lend(ParkedRun run) {
    lock.lock();
    try {
      if (run.isParked()) {
        run.lent(true);
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** That has ended. */
  void back(ParkedRun run) {
    lock.lock();
    try {
      run.lent(false);
    } finally {
      lock.unlock();
    }
  }

  /** What the run has decided is stored: the next episode may go on with it. */
  void stored(ParkedRun run, int historySize) {
    lock.lock();
    try {
      if (run.isParked()) {
        run.stored(historySize);
        parked.remove(run);
        parked.add(run); // as the last one
        ParkedRun before = ready.put(run.key(), run);
        if (before != null && before != run) {
          dismiss(before);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The run is not to go on, unless it does already. Returns whether that made it leave. */
  boolean discard(ParkedRun run) {
    lock.lock();
    try {
      if (run.isParked()) {
        dismiss(run);
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** The same for the one whose decisions are stored. */
  void discard(long instanceKey) {
    lock.lock();
    try {
      ParkedRun run = ready.get(instanceKey);
      if (run != null) {
        dismiss(run);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The run was to go on, but its episode must not begin. */
  void giveUp(ParkedRun run) {
    lock.lock();
    try {
      dismiss(run);
    } finally {
      lock.unlock();
    }
  }

  private void dismiss(ParkedRun run) {
    parked.remove(run);
    ready.remove(run.key(), run);
    leaving++;
    run.dismiss();
  }

  /** A run that was dismissed has left its orchestrator. */
  void left() {
    lock.lock();
    try {
      leaving--;
      if (leaving == 0) {
        allLeft.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Dismisses all, and parks none from now on. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      List.copyOf(parked).forEach(this::dismiss);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all that were dismissed have left their orchestrators. Returns whether they have.
   */
  boolean awaitAllLeft(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long nanos = atMost.toNanos();
      while (leaving > 0 && nanos > 0) {
        nanos = allLeft.awaitNanos(nanos);
      }
      return leaving == 0;
    } finally {
      lock.unlock();
    }
  }

  ParkingEpisodeExecutor.Figures figures() {
    lock.lock();
    try {
      return new ParkingEpisodeExecutor.Figures(continued, begun, evicted, parked.size(), leaving);
    } finally {
      lock.unlock();
    }
  }
}
