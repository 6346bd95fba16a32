package dev.durable.core.history;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A history that never changes and can be made longer without being copied: the longer one shares
 * the events with the one that it was made from.
 *
 * <p>Why that is safe: logs of one family read the same array, each only up to its own size. Places
 * behind that are given away once, to who raises {@code used} from the size that it has; who comes
 * second copies. Thread-safe, as the final fields of a log publish what was written before it was
 * made.
 */
public final class HistoryLog extends AbstractList<HistoryEvent> implements RandomAccess {

  private static final int FIRST_CAPACITY = 16;

  private final HistoryEvent[] events;
  private final AtomicInteger used;
  private final int size;

  private HistoryLog(HistoryEvent[] events, AtomicInteger used, int size) {
    this.events = events;
    this.used = used;
    this.size = size;
  }

  /** Of those events; copies them unless they are a log. */
  public static HistoryLog of(List<HistoryEvent> events) {
    return events instanceof HistoryLog log
        ? log
        : new HistoryLog(new HistoryEvent[0], new AtomicInteger(), 0).and(events);
  }

  /** The same with those behind it. Over many calls, this takes as long as there are new ones. */
  public HistoryLog and(List<HistoryEvent> more) {
    if (more.isEmpty()) {
      return this;
    }
    int longer = size + more.size();
    if (longer <= events.length && used.compareAndSet(size, longer)) {
      return filled(events, used, more, longer);
    }
    HistoryEvent[] room =
        new HistoryEvent[Math.max(FIRST_CAPACITY, Math.max(longer, size + size / 2))];
    System.arraycopy(events, 0, room, 0, size);
    return filled(room, new AtomicInteger(longer), more, longer);
  }

  private HistoryLog filled(
      HistoryEvent[] room, AtomicInteger ofRoom, List<HistoryEvent> more, int longer) {
    int place = size;
    for (HistoryEvent event : more) {
      room[place++] = event;
    }
    return new HistoryLog(room, ofRoom, longer);
  }

  @Override
  public HistoryEvent get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("event " + index + " of " + size);
    }
    return events[index];
  }

  @Override
  public int size() {
    return size;
  }
}
