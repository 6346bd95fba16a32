package dev.durable.jpa;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.TimerCanceled;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One history event. Inserted, deleted with its execution, never updated. */
@Entity
@Table(name = "DURABLE_HISTORY")
@IdClass(HistoryRow.Key.class)
@Cacheable(false)
class HistoryRow {

  @Id
  @Column(name = "INSTANCE_KEY")
  private long instanceKey;

  @Id
  @Column(name = "EXECUTION")
  private int execution;

  @Id
  @Column(name = "SEQ")
  private int seq;

  @Embedded private StoredEvent event = new StoredEvent();

  @Column(name = "SCHEDULED_TASK_ID")
  private @Nullable Integer scheduledTaskId;

  @Column(name = "COMPLETED_TASK_ID")
  private @Nullable Integer completedTaskId;

  protected HistoryRow() {}

  /** What {@link #read} reads of a row with the alias {@code h}. */
  static final String COLUMNS =
      "h.INSTANCE_KEY, h.EXECUTION, h.SEQ, h.EVENT_TYPE, h.TASK_ID, h.NAME, h.PAYLOAD, h.DETAILS";

  static HistoryRow read(ResultSet columns) throws SQLException {
    HistoryRow row = new HistoryRow();
    row.instanceKey = columns.getLong(1);
    row.execution = columns.getInt(2);
    row.seq = columns.getInt(3);
    row.event = StoredEvent.read(columns, 4);
    return row;
  }

  /** The values of a new row, in the order of {@link NewRows#HISTORY}. */
  static @Nullable Object[] values(long instanceKey, int execution, int seq, HistoryEvent event) {
    StoredEvent stored = EventWriter.write(event);
    boolean schedules = event instanceof Action && !(event instanceof TimerCanceled);
    return new @Nullable Object[] {
      instanceKey,
      execution,
      seq,
      stored.eventType(),
      stored.taskId(),
      stored.name(),
      schedules ? stored.taskId() : null,
      event instanceof Completion ? stored.taskId() : null,
      stored.payload(),
      stored.details()
    };
  }

  long instanceKey() {
    return instanceKey;
  }

  int execution() {
    return execution;
  }

  HistoryEvent event() {
    return EventReader.read(
        event, "DURABLE_HISTORY (" + instanceKey + ", " + execution + ", " + seq + ")");
  }

  /** The primary key; its shape is Jakarta Persistence's. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private long instanceKey;
    private int execution;
    private int seq;

    /** For the persistence provider. */
    public Key() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && instanceKey == that.instanceKey
          && execution == that.execution
          && seq == that.seq;
    }

    @Override
    public int hashCode() {
      return Objects.hash(instanceKey, execution, seq);
    }
  }
}
