package dev.durable.core.worker;

import dev.durable.core.store.Commit;
import dev.durable.core.store.StoreUnavailableException;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Commits what is ready while a commit is in flight, together, in the next transaction. Adds no
 * delay: an idle queue commits at once, on the thread that brings the commit if user code has just
 * ended there.
 *
 * <p><b>When a transaction fails</b>, nobody knows whether it was written. Each of its commits is
 * then tried again alone. That is safe without asking: if the first try was written after all, the
 * version has moved on and the second is fenced off; one that creates its instance recognises that
 * by its key. And it keeps a commit that cannot be written from taking its neighbours along.
 *
 * <p><b>When the store is not there</b>, nothing is wrong with the commits. They are kept for as
 * long as a lease lasts, and tried again with each poll: a short outage costs no work. Those for
 * which clients wait are tried once more, and not kept.
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

    /**
     * Whether it waits while the store is not there. Otherwise it is tried once more, since only an
     * answer may have got lost, and then told at once.
     */
    default boolean isPatient() {
      return true;
    }
  }

  /** With the time at which it is given up; null if nothing was wrong with it. */
  private record Entry(Commit commit, Waiter waiter, @Nullable Instant until) {}

  private final TaskHubStore store;
  private final int maxCommit;
  private final TaskHubListener listener;
  private final InstantSource clock;
  private final Duration patience;
  private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();

  /** Those that wait for the store to come back. */
  private final Queue<Entry> kept = new ConcurrentLinkedQueue<>();

  private final SingleFlight flight;

  /**
   * Over that store.
   *
   * @param patience for how long a commit is kept while the store is not there
   */
  CommitQueue(
      TaskHubStore store,
      int maxCommit,
      InstantSource clock,
      Duration patience,
      TaskHubListener listener,
      Executor threads) {
    this.store = store;
    this.maxCommit = maxCommit;
    this.clock = clock;
    this.patience = patience;
    this.listener = listener;
    this.flight = new SingleFlight(threads, this::drain);
  }

  void add(Commit commit, Waiter waiter) {
    entries.add(new Entry(commit, waiter, null));
    if (Relay.isOpen()) {
      flight.signalHere(this::drainOnce);
      return;
    }
    try {
      flight.signal();
    } catch (RuntimeException | Error e) {
      listener.storeFailed("start of a commit; it is tried again at the next poll", e);
    }
  }

  /** On a thread that has other things to do: the rest is for the next flight. */
  private void drainOnce() {
    List<Entry> batch = next();
    if (!batch.isEmpty()) {
      AllRun telling = new AllRun();
      commit(batch, telling);
      if (!entries.isEmpty()) {
        flight.signal();
      }
      telling.throwOn();
    }
  }

  /** Commits what is left over because there was no thread for it, or no store. */
  void poll() {
    for (Entry entry = kept.poll(); entry != null; entry = kept.poll()) {
      entries.add(entry);
    }
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
    } catch (StoreUnavailableException e) {
      String what = "commit of " + batch.size() + " work items; it is tried again at the next poll";
      telling.run(() -> listener.storeFailed(what, e));
      batch.forEach(
          entry ->
              telling.run(
                  entry.waiter().isPatient() ? () -> keep(entry, e) : () -> commitAlone(entry)));
      return;
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
    } catch (StoreUnavailableException e) {
      keep(entry, e);
      return;
    } catch (RuntimeException | Error e) {
      entry.waiter().failed(e);
      return;
    }
    entry.waiter().committed(outcome);
  }

  private void keep(Entry entry, StoreUnavailableException reason) {
    Instant now = clock.instant();
    Instant until = entry.until() == null ? now.plus(patience) : entry.until();
    if (now.isBefore(until) && entry.waiter().isPatient()) {
      kept.add(new Entry(entry.commit(), entry.waiter(), until));
    } else {
      entry.waiter().failed(reason);
    }
  }
}
