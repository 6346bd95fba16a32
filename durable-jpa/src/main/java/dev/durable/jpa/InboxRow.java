package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.Message;
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
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message in an instance's inbox. Inserted, held back for a while perhaps, and deleted. */
@Entity
@Table(name = "DURABLE_INBOX")
@IdClass(InboxRow.Key.class)
@Cacheable(false)
class InboxRow {

  @Id
  @Column(name = "INSTANCE_KEY")
  private long instanceKey;

  @Id
  @Column(name = "MESSAGE_ID")
  private String messageId = "";

  @Column(name = "TASK_HUB")
  private String taskHub = "";

  /** That of the instance, so that a claim of one kind need not look at messages of the other. */
  @Column(name = "KIND")
  private int kind;

  /** Counted by the database. Not a generated id, which would keep inserts from being batched. */
  @Column(name = "ARRIVAL", insertable = false, updatable = false)
  private long arrival;

  @Column(name = "CARRIED")
  private int carried;

  @Column(name = "EXECUTION")
  private int execution;

  @Column(name = "VISIBLE_AT")
  private long visibleAt;

  /** 1 while its entity is locked by somebody else. */
  @Column(name = "HELD_BACK")
  private int heldBack;

  @Embedded private StoredEvent event = new StoredEvent();

  protected InboxRow() {}

  InboxRow(String taskHub, Message message) {
    this.instanceKey = message.target().key();
    this.messageId = message.messageId();
    this.taskHub = taskHub;
    this.kind = InstanceRow.kind(InstanceKind.of(message.target().id()));
    this.carried = message.carried();
    this.execution = message.execution();
    this.visibleAt = message.visibleAt().toEpochMilli();
    this.event = EventWriter.write(message.event());
  }

  /** What {@link #read} reads of a row with the alias {@code m}. */
  static final String COLUMNS =
      """
      m.INSTANCE_KEY, m.MESSAGE_ID, m.EXECUTION, m.VISIBLE_AT, m.CARRIED, m.ARRIVAL,
        m.EVENT_TYPE, m.TASK_ID, m.NAME, m.PAYLOAD, m.DETAILS""";

  static InboxRow read(ResultSet columns) throws SQLException {
    InboxRow row = new InboxRow();
    row.instanceKey = columns.getLong(1);
    row.messageId = columns.getString(2);
    row.execution = columns.getInt(3);
    row.visibleAt = columns.getLong(4);
    row.carried = columns.getInt(5);
    row.arrival = columns.getLong(6);
    row.event = StoredEvent.read(columns, 7);
    return row;
  }

  /** The values of a new row, in the order of {@link NewRows#INBOX}. */
  static @Nullable Object[] values(String taskHub, Message message) {
    StoredEvent event = EventWriter.write(message.event());
    return new @Nullable Object[] {
      message.target().key(),
      message.messageId(),
      taskHub,
      InstanceRow.kind(InstanceKind.of(message.target().id())),
      message.carried(),
      message.execution(),
      message.visibleAt().toEpochMilli(),
      event.eventType(),
      event.taskId(),
      event.name(),
      event.payload(),
      event.details()
    };
  }

  long instanceKey() {
    return instanceKey;
  }

  long visibleAt() {
    return visibleAt;
  }

  InboxMessage message(InstanceRef target) {
    String row = "DURABLE_INBOX (" + instanceKey + ", " + messageId + ")";
    return new InboxMessage(
        new Message(
            target,
            messageId,
            execution,
            EventReader.read(event, row),
            Instant.ofEpochMilli(visibleAt),
            carried),
        arrival);
  }

  /** The primary key; its shape is Jakarta Persistence's. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private long instanceKey;
    private String messageId = "";

    /** For the persistence provider. */
    public Key() {}

    Key(long instanceKey, String messageId) {
      this.instanceKey = instanceKey;
      this.messageId = messageId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && instanceKey == that.instanceKey
          && messageId.equals(that.messageId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(instanceKey, messageId);
    }
  }
}
