package dev.durable.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a history event, in the history and in an inbox. What people look for has a column
 * of its own; {@code DETAILS} holds the rest as JSON. {@code PAYLOAD} is the user's JSON text as it
 * is.
 */
@Embeddable
class StoredEvent {

  @Column(name = "EVENT_TYPE")
  private String eventType = "";

  @Column(name = "TASK_ID")
  private @Nullable Integer taskId;

  @Column(name = "NAME")
  private @Nullable String name;

  @Column(name = "PAYLOAD")
  private @Nullable String payload;

  @Column(name = "DETAILS")
  private @Nullable String details;

  protected StoredEvent() {}

  StoredEvent(
      String eventType,
      @Nullable Integer taskId,
      @Nullable String name,
      @Nullable String payload,
      @Nullable String details) {
    this.eventType = eventType;
    this.taskId = taskId;
    this.name = name;
    this.payload = payload;
    this.details = details;
  }

  /** Of five columns in the order of the fields, from that one on. */
  static StoredEvent read(ResultSet row, int first) throws SQLException {
    return new StoredEvent(
        row.getString(first),
        Jdbc.integer(row, first + 1),
        row.getString(first + 2),
        row.getString(first + 3),
        row.getString(first + 4));
  }

  String eventType() {
    return eventType;
  }

  @Nullable Integer taskId() {
    return taskId;
  }

  @Nullable String name() {
    return name;
  }

  @Nullable String payload() {
    return payload;
  }

  @Nullable String details() {
    return details;
  }
}
