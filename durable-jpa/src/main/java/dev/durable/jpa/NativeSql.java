package dev.durable.jpa;

import dev.durable.jpa.Held.HeldInstance;
import dev.durable.jpa.Held.HeldTask;
import jakarta.persistence.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Native statements with positional parameters, and what their result rows say. */
final class NativeSql {

  private NativeSql() {}

  /** Runs a query for one column. */
  @SuppressWarnings("unchecked")
  static List<Object> query(Hub hub, String sql, Object... parameters) {
    return with(hub.em().createNativeQuery(sql), parameters).getResultList();
  }

  /** Runs a query for several columns. */
  @SuppressWarnings("unchecked")
  static List<Object[]> rows(Hub hub, String sql, Object... parameters) {
    return with(hub.em().createNativeQuery(sql), parameters).getResultList();
  }

  /** Runs a query for all columns of tasks. */
  @SuppressWarnings("unchecked")
  static List<ActivityTaskRow> tasks(Hub hub, String sql, Object... parameters) {
    return with(hub.em().createNativeQuery(sql, ActivityTaskRow.class), parameters).getResultList();
  }

  /** Runs an update at once; returns how many rows it changed. */
  static int update(Hub hub, String sql, Object... parameters) {
    return with(hub.em().createNativeQuery(sql), parameters).executeUpdate();
  }

  private static Query with(Query query, Object... parameters) {
    for (int i = 0; i < parameters.length; i++) {
      query.setParameter(i + 1, parameters[i]);
    }
    return query;
  }

  static long number(Object value) {
    return ((Number) value).longValue();
  }

  /** Of a row that begins with the key of a task. */
  static TaskKey taskKey(Object[] row) {
    return new TaskKey(number(row[0]), (int) number(row[1]), (int) number(row[2]));
  }

  /** Of instance key, version, lease owner, execution and history size. */
  static HeldInstance heldInstance(@Nullable Object[] row) {
    return new HeldInstance(
        number(row[1]), (String) row[2], (int) number(row[3]), (int) number(row[4]));
  }

  /** Of the three columns of the key, version and lease owner. */
  static HeldTask heldTask(@Nullable Object[] row) {
    return new HeldTask(number(row[3]), (String) row[4]);
  }
}
