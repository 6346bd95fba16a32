package dev.durable.jpa;

import dev.durable.jpa.Batch.Part;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** How a {@link Batch} is sent, which each database does in its own way. */
interface Writing {

  /**
   * Whether it says that a constraint is violated: behind a fence that does not hold there may be
   * rows that somebody else has written.
   */
  static boolean isViolation(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("23");
  }

  /** Writes all, in a transaction. */
  void write(Connection connection, List<Part> parts) throws SQLException;

  /** Whether {@link #writeFenced} is for connections in a transaction, or for such without. */
  boolean fencesInTransactions();

  /**
   * Writes all if each row of a fenced kind changes one and no constraint is violated; otherwise it
   * leaves nothing written.
   *
   * @return whether it is written
   */
  boolean writeFenced(Connection connection, List<Part> parts) throws SQLException;
}
