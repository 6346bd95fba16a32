package dev.durable.jpa;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where the queues of a hub begin on PostgreSQL, as far as a node knows. */
final class QueueHeads {

  private static final String FIRST_MESSAGE =
      """
      (SELECT m.VISIBLE_AT FROM DURABLE_INBOX m
        WHERE m.TASK_HUB = ?1 AND m.KIND = %d AND m.HELD_BACK = 0 AND m.VISIBLE_AT >= ?%d
        ORDER BY m.VISIBLE_AT FETCH FIRST 1 ROWS ONLY)""";

  private static final String FIRST_TASK =
      """
      (SELECT t.LEASE_EXPIRES_AT FROM DURABLE_ACTIVITY_TASK t
        WHERE t.TASK_HUB = ?1 AND t.HELD = 0 AND t.PRIORITY = %d AND t.LEASE_EXPIRES_AT >= ?%d
        ORDER BY t.LEASE_EXPIRES_AT FETCH FIRST 1 ROWS ONLY)""";

  /** One of its parts for each kind of instance, by its number. */
  private final Queue messages;

  /** One of its parts for each priority, by its number. */
  private final Queue tasks;

  QueueHeads(LongSupplier nanoTime) {
    messages = new Queue(new QueueHead(2, nanoTime), nanoTime, firsts(FIRST_MESSAGE, 2));
    int priorities = ActivityTaskRow.PRIORITIES.size();
    tasks =
        new Queue(new QueueHead(priorities, nanoTime), nanoTime, firsts(FIRST_TASK, priorities));
  }

  /** Of messages, by {@code VISIBLE_AT}, in a part for each kind of instance. */
  Queue messages() {
    return messages;
  }

  /** Of activity tasks, by {@code LEASE_EXPIRES_AT}, in a part for each priority. */
  Queue tasks() {
    return tasks;
  }

  private static String firsts(String first, int parts) {
    return IntStream.range(0, parts)
        .mapToObj(part -> first.formatted(part, part + 2))
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }

  /** One of them. Thread-safe. */
  record Queue(QueueHead head, LongSupplier nanoTime, String firsts) {

    /**
     * Where to begin in each part; null if that is the beginning in all of them.
     *
     * @param now by the database's clock, in milliseconds
     */
    long @Nullable [] begins(Hub hub, long now) {
      long[] begins = head.begins(now, from -> first(hub, from));
      return Arrays.stream(begins).allMatch(place -> place == QueueHead.START) ? null : begins;
    }

    private long[] first(Hub hub, long[] from) {
      Object[] parameters = new Object[from.length + 1];
      parameters[0] = hub.name();
      for (int part = 0; part < from.length; part++) {
        parameters[part + 1] = from[part];
      }
      return Arrays.stream(NativeSql.rows(hub, firsts, parameters).get(0))
          .mapToLong(place -> place == null ? QueueHead.END : NativeSql.number(place))
          .toArray();
    }

    /** Looks at what is due, from there. */
    <T> List<T> looking(Supplier<List<T>> look) {
      long began = nanoTime.getAsLong();
      List<T> found = look.get();
      head.took(nanoTime.getAsLong() - began);
      return found;
    }
  }
}
