package dev.durable.core.worker;

import dev.durable.Priority;
import dev.durable.core.store.ActivityWorkItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where leased tasks of a lane wait for a slot that they expect soon, in the order of claims: those
 * of a higher priority first, then what could be claimed first. Thread-safe.
 */
final class Anteroom {

  /** What has waited for so long is not going to have its slot soon. */
  static final Duration PATIENCE = Duration.ofMillis(100);

  private record Waiting(ActivityWorkItem item, Instant since, long number) {
    Priority priority() {
      return item.task().call().priority();
    }

    Instant visibleAt() {
      return item.task().visibleAt();
    }
  }

  private final Turnover turnover;
  private final PriorityQueue<Waiting> queue =
      new PriorityQueue<>(
          Comparator.comparing(Waiting::priority)
              .thenComparing(Waiting::visibleAt)
              .thenComparingLong(Waiting::number));
  private long numbers;
  private int reserved;

  /** Read without a lock, by each slot that becomes free. */
  private volatile int size;

  /** With as much room as that says. */
  Anteroom(Turnover turnover) {
    this.turnover = turnover;
  }

  /** Takes places, at most that many; each is to be entered or cancelled. */
  synchronized int reserve(int max, Instant now) {
    int places = Math.max(0, Math.min(max, turnover.room(now) - size - reserved));
    reserved += places;
    return places;
  }

  synchronized void cancel(int unused) {
    reserved -= unused;
  }

  /** A task for which there is a place begins to wait. */
  synchronized void enter(ActivityWorkItem item, Instant now) {
    reserved--;
    queue.add(new Waiting(item, now, numbers++));
    size = queue.size();
  }

  /** How many wait. */
  int size() {
    return size;
  }

  /** From when on the one could have been claimed that is next; null if none waits. */
  synchronized @Nullable Instant first() {
    Waiting first = queue.peek();
    return first == null ? null : first.visibleAt();
  }

  /** Takes the first one out, if it gets a slot. */
  synchronized Optional<ActivityWorkItem> next(Predicate<ActivityWorkItem> slot) {
    Waiting first = queue.peek();
    if (first == null || !slot.test(first.item())) {
      return Optional.empty();
    }
    queue.remove();
    size = queue.size();
    return Optional.of(first.item());
  }

  /** Since when the one waits that came first; null if none waits. */
  synchronized @Nullable Instant since() {
    return queue.stream().map(Waiting::since).min(Comparator.naturalOrder()).orElse(null);
  }

  /** Takes out those of which that is true. */
  synchronized List<ActivityWorkItem> remove(Predicate<ActivityWorkItem> condition) {
    List<ActivityWorkItem> removed = new ArrayList<>();
    for (Iterator<Waiting> each = queue.iterator(); each.hasNext(); ) {
      ActivityWorkItem item = each.next().item();
      if (condition.test(item)) {
        removed.add(item);
        each.remove();
      }
    }
    size = queue.size();
    return removed;
  }
}
