package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.Message;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message in an instance's inbox. Inserted and deleted, never updated. */
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

  /** Counted by the database. Not a generated id, which would keep inserts from being batched. */
  @Column(name = "ARRIVAL", insertable = false, updatable = false)
  private long arrival;

  @Column(name = "CARRIED")
  private int carried;

  @Column(name = "EXECUTION")
  private int execution;

  @Column(name = "VISIBLE_AT")
  private long visibleAt;

  @Embedded private StoredEvent event = new StoredEvent();

  protected InboxRow() {}

  InboxRow(String taskHub, Message message) {
    this.instanceKey = message.target().key();
    this.messageId = message.messageId();
    this.taskHub = taskHub;
    this.carried = message.carried();
    this.execution = message.execution();
    this.visibleAt = message.visibleAt().toEpochMilli();
    this.event = EventWriter.write(message.event());
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
