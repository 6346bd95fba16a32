package dev.durable.core.worker;

import dev.durable.core.store.Commit;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Commits what is ready while a commit is in flight, together, in the next transaction. Adds no
 * delay: an idle queue commits at once.
 *
 * <p><b>When a transaction fails</b>, nobody knows whether it was written. Each of its commits is
 * then tried again alone. That is safe without asking: if the first try was written after all, the
 * version has moved on and the second is fenced off; and it keeps a commit that cannot be written
 * from taking its neighbours along.
 *
 * <p><b>Every waiter is told</b>, whatever the store throws, {@link Error}s included, and whatever
 * other waiters throw when they are told: work whose waiter is never told would be held, and its
 * lease renewed, until the server stops. What waiters throw is thrown on, once the others know.
 */
final class CommitQueue {

  /** Told of the outcome, once. */
  interface Waiter {
    void committed(CommitOutcome outcome);

    /** Twice tried, unknown; the lease will run out or is given back. */
    void failed(Throwable reason);
  }

  private record Entry(Commit commit, Waiter waiter) {}

  private final TaskHubStore store;
  private final int maxCommit;
  private final TaskHubListener listener;
  private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
  private final SingleFlight flight;

  CommitQueue(TaskHubStore store, int maxCommit, TaskHubListener listener, Executor threads) {
    this.store = store;
    this.maxCommit = maxCommit;
    this.listener = listener;
    this.flight = new SingleFlight(threads, this::drain);
  }

  void add(Commit commit, Waiter waiter) {
    entries.add(new Entry(commit, waiter));
    try {
      flight.signal();
    } catch (RuntimeException | Error e) {
      listener.storeFailed("start of a commit; it is tried again at the next poll", e);
    }
  }

  /** Commits what is left over because there was no thread for it. */
  void poll() {
    if (!entries.isEmpty()) {
      flight.signal();
    }
  }

  private void drain() {
    for (List<Entry> batch = next(); !batch.isEmpty(); batch = next()) {
      AllRun telling = new AllRun();
      commit(batch, telling);
      if (telling.hasThrown()) {
        flight.signal(); // the rest is for the next flight
      }
      telling.throwOn();
    }
  }

  private List<Entry> next() {
    List<Entry> batch = new ArrayList<>();
    while (batch.size() < maxCommit) {
      Entry entry = entries.poll();
      if (entry == null) {
        break;
      }
      batch.add(entry);
    }
    return batch;
  }

  private void commit(List<Entry> batch, AllRun telling) {
    List<CommitOutcome> outcomes;
    try {
      outcomes = store.commit(batch.stream().map(Entry::commit).toList());
    } catch (RuntimeException | Error e) {
      String what = "commit of " + batch.size() + " work items; each is tried once more alone";
      telling.run(() -> listener.storeFailed(what, e));
      batch.forEach(entry -> telling.run(() -> commitAlone(entry)));
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      Waiter waiter = batch.get(i).waiter();
      CommitOutcome outcome = outcomes.get(i);
      telling.run(() -> waiter.committed(outcome));
    }
  }

  private void commitAlone(Entry entry) {
    CommitOutcome outcome;
    try {
      outcome = store.commit(List.of(entry.commit())).get(0);
    } catch (RuntimeException | Error e) {
      entry.waiter().failed(e);
      return;
    }
    entry.waiter().committed(outcome);
  }
}
