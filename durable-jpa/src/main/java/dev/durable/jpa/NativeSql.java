package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.jpa.Held.HeldInstance;
import dev.durable.jpa.Held.HeldTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Native statements with positional parameters, and what their result rows say. */
final class NativeSql {

  private NativeSql() {}

  /** Runs a query for one column. */
  static List<Object> query(Hub hub, String sql, Object... parameters) {
    return Jdbc.query(hub, sql, row -> Jdbc.row(row)[0], parameters);
  }

  /** Runs a query for several columns. */
  static List<Object[]> rows(Hub hub, String sql, Object... parameters) {
    return Jdbc.query(hub, sql, Jdbc::row, parameters);
  }

  /** Runs an update at once; returns how many rows it changed. */
  static int update(Hub hub, String sql, Object... parameters) {
    return Jdbc.update(hub, sql, parameters);
  }

  static long number(Object value) {
    return ((Number) value).longValue();
  }

  /** Of a row that begins with the key of a task. */
  static TaskKey taskKey(Object[] row) {
    return new TaskKey(number(row[0]), (int) number(row[1]), (int) number(row[2]));
  }

  /** The entities of a hub, ?1, that are empty and were not updated since ?2. */
  static final String EMPTY_ENTITIES =
      """
      \sFROM DURABLE_INSTANCE i
      WHERE i.TASK_HUB = ?1 AND i.KIND = 1 AND i.STATE_PLACE = 0 AND i.UPDATED_AT < ?2
        AND NOT EXISTS (SELECT 1 FROM DURABLE_INBOX m WHERE m.INSTANCE_KEY = i.INSTANCE_KEY)
        AND NOT EXISTS (SELECT 1 FROM DURABLE_LOCK l WHERE l.INSTANCE_KEY = i.INSTANCE_KEY)
        AND NOT EXISTS (SELECT 1 FROM DURABLE_EVENT_ID e WHERE e.INSTANCE_KEY = i.INSTANCE_KEY)""";

  /** Ids that are remembered for entities of a hub, ?1, since before ?2. */
  static final String FORGETTABLE_IDS =
      """
      SELECT e.INSTANCE_KEY, e.EVENT_ID FROM DURABLE_EVENT_ID e
      JOIN DURABLE_INSTANCE i ON i.INSTANCE_KEY = e.INSTANCE_KEY
      WHERE i.TASK_HUB = ?1 AND i.KIND = 1 AND e.RECEIVED_AT < ?2""";

  /** What {@link #heldInstance} reads. */
  static final String HELD_INSTANCE =
      "INSTANCE_KEY, VERSION, LEASE_OWNER, EXECUTION, HISTORY_SIZE, STATUS, INSTANCE_ID,"
          + " PARENT_INSTANCE_ID, PARENT_INSTANCE_KEY, PARENT_EXECUTION, PARENT_TASK_ID,"
          + " STATE_PLACE";

  /** Of the columns of {@link #HELD_INSTANCE}. */
  static HeldInstance heldInstance(@Nullable Object[] row) {
    ParentTask parent =
        row[7] == null
            ? null
            : new ParentTask(
                new InstanceRef((String) row[7], number(row[8])),
                (int) number(row[9]),
                (int) number(row[10]));
    return new HeldInstance(
        new InstanceRef((String) row[6], number(row[0])),
        number(row[1]),
        (String) row[2],
        (int) number(row[3]),
        (int) number(row[4]),
        (String) row[5],
        parent,
        (int) number(row[11]));
  }

  /** Of the three columns of the key, version and lease owner. */
  static HeldTask heldTask(@Nullable Object[] row) {
    return new HeldTask(number(row[3]), (String) row[4]);
  }
}
