package dev.durable.core.store;

import dev.durable.core.store.HubLimit.Rate;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many were started lately, in slots of a tenth of the period of a {@link Rate}.
 *
 * <p><b>Why the rate is never exceeded</b>: a time of the period's length, wherever it begins, lies
 * within eleven neighbouring slots; and no start is allowed that would bring the eleven that end
 * with the present one over the count. The price is that a start may count for a tenth of the
 * period longer than it must.
 *
 * @param slotMillis how long a slot is
 * @param starts how many in each slot, by its number since 1970
 */
public record StartsWindow(long slotMillis, SortedMap<Long, Integer> starts) {

  private static final int SLOTS = 10;

  /** None so far. */
  public static StartsWindow empty(Rate rate) {
    return new StartsWindow(slotMillis(rate), new TreeMap<>());
  }

  private static long slotMillis(Rate rate) {
    return Math.max(1, (rate.period().toMillis() + SLOTS - 1) / SLOTS);
  }

  /**
   * What {@link #text} gave, for a rate that may be another one by now: then what was started
   * counts as started now, as far as it still counts. Of a period that is longer than it was, only
   * the end is known.
   */
  public static StartsWindow parse(String text, Rate rate, Instant now) {
    StartsWindow empty = empty(rate);
    if (text.isEmpty()) {
      return empty;
    }
    String[] parts = text.split("[;,]");
    long slotMillis = Long.parseLong(parts[0]);
    SortedMap<Long, Integer> starts = new TreeMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] slot = parts[i].split(":");
      starts.put(Long.parseLong(slot[0]), Integer.parseInt(slot[1]));
    }
    if (slotMillis == empty.slotMillis) {
      return new StartsWindow(slotMillis, starts);
    }
    long since = now.minus(rate.period()).toEpochMilli();
    int counting =
        starts.entrySet().stream()
            .filter(slot -> (slot.getKey() + 1) * slotMillis > since)
            .mapToInt(Map.Entry::getValue)
            .sum();
    return counting == 0 ? empty : empty.plus(counting, now);
  }

  /** How many more may start now. */
  public int allowed(Rate rate, Instant now) {
    int counting = starts.tailMap(slot(now) - SLOTS).values().stream().mapToInt(n -> n).sum();
    return Math.max(0, rate.count() - counting);
  }

  /** With so many that start now. */
  public StartsWindow plus(int more, Instant now) {
    SortedMap<Long, Integer> counting = new TreeMap<>(starts.tailMap(slot(now) - SLOTS));
    if (more > 0) {
      counting.merge(slot(now), more, Integer::sum);
    }
    return new StartsWindow(slotMillis, counting);
  }

  private long slot(Instant now) {
    return Math.floorDiv(now.toEpochMilli(), slotMillis);
  }

  /** All of it, for a column. */
  public String text() {
    StringBuilder text = new StringBuilder().append(slotMillis);
    char separator = ';';
    for (Map.Entry<Long, Integer> slot : starts.entrySet()) {
      text.append(separator).append(slot.getKey()).append(':').append(slot.getValue());
      separator = ',';
    }
    return text.toString();
  }
}
