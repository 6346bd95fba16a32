package dev.durable.jpa;

import dev.durable.jpa.Batch.Part;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * All kinds in one round trip: the driver sends statements between semicolons together. A single
 * row is changed by the plain statement, which the server has planned once; many are parameters of
 * one statement, as arrays, and are locked in the order of their keys by one before it.
 */
final class PostgresqlWriting implements Writing {

  private static final String SAVEPOINT = "SAVEPOINT DURABLE_FENCE";

  /** What is sent at once at most, so that memory is bounded: rows, and characters of texts. */
  private static final int MAX_ROWS = 2_000;

  private static final int MAX_CHARACTERS = 4_000_000;

  @Override
  public void write(Connection connection, List<Part> parts) throws SQLException {
    for (List<Part> portion : portions(parts)) {
      send(connection, portion, false);
    }
  }

  @Override
  public boolean writeFenced(Connection connection, List<Part> parts) throws SQLException {
    try {
      boolean begins = true;
      for (List<Part> portion : portions(parts)) {
        if (!send(connection, portion, begins)) {
          return undone(connection);
        }
        begins = false;
      }
      return true;
    } catch (SQLException e) {
      if (!Writing.isViolation(e)) {
        throw e;
      }
      return undone(connection);
    }
  }

  private static boolean undone(Connection connection) throws SQLException {
    try (PreparedStatement undo = connection.prepareStatement("ROLLBACK TO " + SAVEPOINT)) {
      undo.executeUpdate();
    }
    return false;
  }

  /** Most calls are one portion. */
  private static List<List<Part>> portions(List<Part> parts) {
    List<List<Part>> portions = new ArrayList<>();
    List<Part> portion = new ArrayList<>();
    int rows = 0;
    long characters = 0;
    for (Part part : parts) {
      int from = 0;
      for (int i = 0; i < part.rows().size(); i++) {
        rows++;
        characters += characters(part.rows().get(i));
        if (rows == MAX_ROWS || characters > MAX_CHARACTERS) {
          portion.add(new Part(part.write(), part.rows().subList(from, i + 1)));
          portions.add(portion);
          portion = new ArrayList<>();
          from = i + 1;
          rows = 0;
          characters = 0;
        }
      }
      if (from < part.rows().size()) {
        portion.add(new Part(part.write(), part.rows().subList(from, part.rows().size())));
      }
    }
    if (!portion.isEmpty()) {
      portions.add(portion);
    }
    return portions;
  }

  private static long characters(Object[] row) {
    long characters = 0;
    for (Object value : row) {
      characters += value instanceof String text ? text.length() : 0;
    }
    return characters;
  }

  /** Inserts of one row as of many, so that fewer combinations of texts are prepared. */
  private static boolean isPlain(Part part) {
    return part.rows().size() == 1 && !part.write().one().startsWith("INSERT");
  }

  private static boolean send(Connection connection, List<Part> parts, boolean undoable)
      throws SQLException {
    StringBuilder sql = new StringBuilder(undoable ? SAVEPOINT : "");
    for (Part part : parts) {
      sql.append(sql.isEmpty() ? "" : "; ");
      if (isPlain(part)) {
        sql.append(part.write().one());
      } else if (part.write().locking() != null) {
        sql.append(part.write().locking()).append("; ").append(part.write().many());
      } else {
        sql.append(part.write().many());
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      int parameter = 1;
      for (Part part : parts) {
        parameter = set(statement, part, parameter);
      }
      statement.execute();
      return isEachAsExpected(statement, parts, undoable);
    }
  }

  private static int set(PreparedStatement statement, Part part, int first) throws SQLException {
    int parameter = first;
    List<ColumnType> types = part.write().types();
    if (isPlain(part)) {
      Object[] row = part.rows().get(0);
      for (int i = 0; i < types.size(); i++) {
        types.get(i).set(statement, parameter++, row[i]);
      }
      return parameter;
    }
    for (int i = 0; i < part.write().keyColumns(); i++) {
      int key = part.write().firstKey() + i;
      statement.setObject(parameter++, types.get(key).array(part.rows(), key));
    }
    for (int i = 0; i < types.size(); i++) {
      statement.setObject(parameter++, types.get(i).array(part.rows(), i));
    }
    return parameter;
  }

  /** The results of all statements; only those of fenced kinds are of interest. */
  private static boolean isEachAsExpected(
      PreparedStatement statement, List<Part> parts, boolean undoable) throws SQLException {
    boolean holds = true;
    if (undoable) {
      statement.getMoreResults();
    }
    for (Part part : parts) {
      if (part.write().isFenced()) {
        if (!isPlain(part) && part.write().locking() != null) {
          statement.getMoreResults();
        }
        holds &= statement.getUpdateCount() == part.rows().size();
      }
      statement.getMoreResults();
    }
    return holds;
  }
}
