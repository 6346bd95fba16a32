package dev.durable.jpa;

import org.jspecify.annotations.Nullable;

/**
 * A row that this release cannot read: it holds an event of an unknown type, or lacks what its type
 * needs. Either a newer release wrote it, or somebody edited the table.
 */
public final class UnreadableRowException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private UnreadableRowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static UnreadableRowException unknownType(String row, String type) {
    return new UnreadableRowException(
        "The row "
            + row
            + " holds an event of type "
            + type
            + ", which this release does not know.",
        null);
  }

  static UnreadableRowException damaged(String row, String type, Throwable reason) {
    return new UnreadableRowException(
        "The row " + row + " of type " + type + " cannot be read: " + reason, reason);
  }
}
