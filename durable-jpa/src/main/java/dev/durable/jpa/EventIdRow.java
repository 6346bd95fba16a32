package dev.durable.jpa;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The id that a sender gave to an event. Inserted and deleted, never updated. */
@Entity
@Table(name = "DURABLE_EVENT_ID")
@IdClass(EventIdRow.Key.class)
@Cacheable(false)
class EventIdRow {

  @Id
  @Column(name = "INSTANCE_KEY")
  private long instanceKey;

  @Id
  @Column(name = "EVENT_ID")
  private String eventId = "";

  @Column(name = "RECEIVED_AT")
  private long receivedAt;

  protected EventIdRow() {}

  EventIdRow(Key key, Instant receivedAt) {
    this.instanceKey = key.instanceKey;
    this.eventId = key.eventId;
    this.receivedAt = receivedAt.toEpochMilli();
  }

  /** The primary key; its shape is Jakarta Persistence's. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private long instanceKey;
    private String eventId = "";

    /** For the persistence provider. */
    public Key() {}

    Key(long instanceKey, String eventId) {
      this.instanceKey = instanceKey;
      this.eventId = eventId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && instanceKey == that.instanceKey
          && eventId.equals(that.eventId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(instanceKey, eventId);
    }
  }
}
