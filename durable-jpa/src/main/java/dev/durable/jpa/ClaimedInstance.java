package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.ExecutionSnapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The row of an instance as a claim has left it.
 *
 * @param statusName the name of its status, perhaps one that this release does not know
 * @param failure as JSON, perhaps damaged
 * @param kind as in {@link InstanceRow}
 * @param statePlace where the state of an entity is, as in {@link InstanceRow}
 */
record ClaimedInstance(
    InstanceRef ref,
    long version,
    int attempt,
    int execution,
    String executionId,
    String name,
    @Nullable String orchestratorVersion,
    String statusName,
    @Nullable String customStatus,
    @Nullable String output,
    @Nullable String failure,
    @Nullable ParentTask parent,
    int historySize,
    int kind,
    int statePlace,
    @Nullable String state) {

  /** What {@link #read} reads of a row with the alias {@code t}. */
  static final String COLUMNS =
      """
      t.INSTANCE_KEY, t.INSTANCE_ID, t.VERSION, t.ATTEMPT, t.EXECUTION, t.EXECUTION_ID, t.NAME,
        t.ORCHESTRATOR_VERSION, t.STATUS, t.CUSTOM_STATUS, t.OUTPUT_JSON, t.FAILURE,
        t.PARENT_INSTANCE_ID, t.PARENT_INSTANCE_KEY, t.PARENT_EXECUTION, t.PARENT_TASK_ID,
        t.HISTORY_SIZE, t.KIND, t.STATE_PLACE, t.STATE""";

  static ClaimedInstance read(ResultSet row) throws SQLException {
    String parentId = row.getString(13);
    return new ClaimedInstance(
        new InstanceRef(row.getString(2), row.getLong(1)),
        row.getLong(3),
        row.getInt(4),
        row.getInt(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        parentId == null
            ? null
            : new ParentTask(
                new InstanceRef(parentId, row.getLong(14)), row.getInt(15), row.getInt(16)),
        row.getInt(17),
        row.getInt(18),
        row.getInt(19),
        row.getString(20));
  }

  long key() {
    return ref.key();
  }

  boolean isEntity() {
    return kind == InstanceRow.ENTITY;
  }

  /**
   * What it says of its present execution.
   *
   * @throws UnreadableRowException if the status or the failure cannot be read
   */
  ExecutionSnapshot snapshot() {
    return new ExecutionSnapshot(
        execution,
        executionId,
        name,
        orchestratorVersion,
        InstanceRow.status(statusName, key()),
        customStatus,
        output,
        Json.failureOrNull(failure, "DURABLE_INSTANCE (" + key() + ")"),
        parent);
  }
}
