package dev.durable.jpa;

import dev.durable.jpa.Batch.Part;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A batch of JDBC for each kind: embedded, there is no round trip to save. */
final class DerbyWriting implements Writing {

  private static final int MAX_ROWS = 500;

  /** Waits for nobody, since who asks has locks already; so it may see what is not committed. */
  private static final String IS_MISSING =
      """
      SELECT 1 FROM DURABLE_INSTANCE i
      LEFT JOIN DURABLE_INBOX m ON m.INSTANCE_KEY = i.INSTANCE_KEY AND m.MESSAGE_ID = ?
      WHERE i.INSTANCE_KEY = ? AND m.MESSAGE_ID IS NULL WITH UR""";

  @Override
  public void write(Connection connection, List<Part> parts) throws SQLException {
    writeAll(connection, parts);
  }

  @Override
  public boolean fencesInTransactions() {
    return true;
  }

  /** By statements: in a transaction of the server's, its connections refuse savepoints. */
  @Override
  public boolean writeFenced(Connection connection, List<Part> parts) throws SQLException {
    run(connection, "SAVEPOINT DURABLE_FENCE ON ROLLBACK RETAIN CURSORS");
    boolean holds;
    try {
      holds = writeAll(connection, parts);
    } catch (SQLException e) {
      if (!Writing.isViolation(e)) {
        throw e;
      }
      holds = false;
    }
    if (!holds) {
      run(connection, "ROLLBACK TO SAVEPOINT DURABLE_FENCE");
    }
    run(connection, "RELEASE SAVEPOINT DURABLE_FENCE");
    return holds;
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  /** Ends early where a fence does not hold. */
  private static boolean writeAll(Connection connection, List<Part> parts) throws SQLException {
    for (Part part : parts) {
      try (PreparedStatement statement = connection.prepareStatement(part.write().one())) {
        for (int from = 0; from < part.rows().size(); from += MAX_ROWS) {
          int to = Math.min(part.rows().size(), from + MAX_ROWS);
          List<Object[]> rows = part.rows().subList(from, to);
          if (part.write() == NewRows.INBOX.write()) {
            rows = missing(connection, rows);
          }
          if (!write(statement, part.write(), rows)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** The messages that are not there yet, and whose targets are there. */
  private static List<Object[]> missing(Connection connection, List<Object[]> messages)
      throws SQLException {
    List<Object[]> missing = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(IS_MISSING)) {
      for (Object[] message : messages) {
        query.setString(1, (String) message[1]);
        query.setLong(2, (Long) message[0]);
        try (ResultSet found = query.executeQuery()) {
          if (found.next()) {
            missing.add(message);
          }
        }
      }
    }
    return missing;
  }

  private static boolean write(PreparedStatement statement, Write write, List<Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return true;
    }
    for (Object[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        write.types().get(i).set(statement, i + 1, row[i]);
      }
      statement.addBatch();
    }
    for (int count : statement.executeBatch()) {
      if (write.fence() != null && count != 1) {
        return false;
      }
    }
    return true;
  }
}
