package dev.durable.jpa;

import dev.durable.Priority;
import dev.durable.core.history.CallDetails;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Lease.ActivityLease;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An activity that has not been answered. */
@Entity
@Table(name = "DURABLE_ACTIVITY_TASK")
@IdClass(ActivityTaskRow.Key.class)
@Cacheable(false)
class ActivityTaskRow {

  /** In the order of the numbers that are stored. */
  static final List<Priority> PRIORITIES = List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW);

  @Id
  @Column(name = "INSTANCE_KEY")
  private long instanceKey;

  @Id
  @Column(name = "EXECUTION")
  private int execution;

  @Id
  @Column(name = "TASK_ID")
  private int taskId;

  @Column(name = "TASK_HUB")
  private String taskHub = "";

  @Column(name = "INSTANCE_ID")
  private String instanceId = "";

  @Column(name = "NAME")
  private String name = "";

  @Column(name = "VISIBLE_AT")
  private long visibleAt;

  @Version
  @Column(name = "VERSION")
  private long version;

  @Column(name = "ATTEMPT")
  private int attempt;

  @Column(name = "LEASE_OWNER")
  private @Nullable String leaseOwner;

  /** Nobody may claim before that time: first {@link #visibleAt}, later the end of a lease. */
  @Column(name = "LEASE_EXPIRES_AT")
  private long leaseExpiresAt;

  @Column(name = "INPUT_JSON")
  private @Nullable String input;

  @Column(name = "EXECUTION_ID")
  private String executionId = "";

  @Column(name = "CALL_ID")
  private int callId;

  @Column(name = "CALL_ATTEMPT")
  private int callAttempt;

  /** In milliseconds. */
  @Column(name = "TIMEOUT")
  private @Nullable Long timeout;

  @Column(name = "PROGRESS")
  private @Nullable String progress;

  /** 1 while its instance is suspended. */
  @Column(name = "HELD")
  private int held;

  /** Its place among the {@link #PRIORITIES}. */
  @Column(name = "PRIORITY")
  private int priority;

  protected ActivityTaskRow() {}

  /** What {@link #read} reads of a row with the alias {@code t}. */
  static final String COLUMNS =
      """
      t.INSTANCE_KEY, t.EXECUTION, t.TASK_ID, t.INSTANCE_ID, t.NAME, t.VISIBLE_AT, t.VERSION,
        t.ATTEMPT, t.INPUT_JSON, t.EXECUTION_ID, t.CALL_ID, t.CALL_ATTEMPT, t.TIMEOUT, t.PRIORITY,
        t.PROGRESS""";

  static ActivityTaskRow read(ResultSet columns) throws SQLException {
    ActivityTaskRow row = new ActivityTaskRow();
    row.instanceKey = columns.getLong(1);
    row.execution = columns.getInt(2);
    row.taskId = columns.getInt(3);
    row.instanceId = columns.getString(4);
    row.name = columns.getString(5);
    row.visibleAt = columns.getLong(6);
    row.version = columns.getLong(7);
    row.attempt = columns.getInt(8);
    row.input = columns.getString(9);
    row.executionId = columns.getString(10);
    row.callId = columns.getInt(11);
    row.callAttempt = columns.getInt(12);
    row.timeout = Jdbc.number(columns, 13);
    row.priority = columns.getInt(14);
    row.progress = columns.getString(15);
    return row;
  }

  /**
   * The values of a new row, in the order of {@link NewRows#TASKS}.
   *
   * @param lease of the node that claims it at once; null for none
   * @param leaseUntil when that ends
   */
  static @Nullable Object[] values(
      String taskHub, ActivityTask task, @Nullable ActivityLease lease, Instant leaseUntil) {
    long visibleAt = task.visibleAt().toEpochMilli();
    CallDetails call = task.call();
    return new @Nullable Object[] {
      task.instance().key(),
      task.execution(),
      task.taskId(),
      taskHub,
      task.instance().id(),
      task.name(),
      visibleAt,
      lease == null ? 0L : lease.version(),
      lease == null ? 0 : 1,
      lease == null ? null : lease.owner(),
      lease == null ? visibleAt : leaseUntil.toEpochMilli(),
      task.input(),
      task.executionId(),
      call.callId(),
      call.attempt(),
      call.timeout() == null ? null : call.timeout().toMillis(),
      PRIORITIES.indexOf(call.priority()),
      call.progress()
    };
  }

  /** In the order in which they are claimed. */
  static final Comparator<ActivityTaskRow> ORDER =
      Comparator.comparingInt((ActivityTaskRow row) -> row.priority)
          .thenComparingLong(row -> row.visibleAt)
          .thenComparingLong(row -> row.instanceKey)
          .thenComparingInt(row -> row.taskId);

  /** What the claim that has just read this row gives. */
  ActivityWorkItem workItem(String owner) {
    InstanceRef instance = new InstanceRef(instanceId, instanceKey);
    return new ActivityWorkItem(
        new ActivityLease(instance, execution, taskId, owner, version),
        new ActivityTask(
            instance,
            execution,
            executionId,
            taskId,
            name,
            input,
            Instant.ofEpochMilli(visibleAt),
            new CallDetails(
                callId,
                callAttempt,
                null,
                timeout == null ? null : Duration.ofMillis(timeout),
                progress,
                PRIORITIES.get(priority))),
        attempt);
  }

  /** The primary key; its shape is Jakarta Persistence's. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private long instanceKey;
    private int execution;
    private int taskId;

    /** For the persistence provider. */
    public Key() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && instanceKey == that.instanceKey
          && execution == that.execution
          && taskId == that.taskId;
    }

    @Override
    public int hashCode() {
      return Objects.hash(instanceKey, execution, taskId);
    }
  }
}
