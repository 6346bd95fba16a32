package dev.durable.jpa;

import dev.durable.jpa.Batch.Part;
import dev.durable.jpa.Write.Fence;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * All kinds in one round trip: the driver sends statements between semicolons together. A single
 * row is changed by the plain statement, which the server has planned once; many are parameters of
 * one statement, as arrays, and are locked in the order of their keys by one before it.
 *
 * <p><b>Fenced batches begin and end their transaction themselves</b>, in the same round trip. A
 * fence that does not hold divides by zero: the server passes over all that follows, the {@code
 * COMMIT} included, so nothing but the roll-back can become of it, wherever the driver makes the
 * server answer, and whatever becomes of the connection.
 */
final class PostgresqlWriting implements Writing {

  private static final Logger LOG = System.getLogger(PostgresqlWriting.class.getName());

  /** Division by zero: what the statement for a fence fails with. */
  private static final String FENCE_LOST = "22012";

  /** What is sent at once at most, so that memory is bounded: rows, and characters of texts. */
  private static final int MAX_ROWS = 2_000;

  private static final int MAX_CHARACTERS = 4_000_000;

  @Override
  public void write(Connection connection, List<Part> parts) throws SQLException {
    for (List<Part> portion : portions(parts)) {
      StringJoiner sql = new StringJoiner("; ");
      portion.forEach(part -> add(sql, part, false));
      send(connection, sql.toString(), portion, false);
    }
  }

  @Override
  public boolean fencesInTransactions() {
    return false;
  }

  @Override
  public boolean writeFenced(Connection connection, List<Part> parts) throws SQLException {
    boolean committed = false;
    try {
      commit(connection, portions(parts));
      committed = true;
      return true;
    } catch (SQLException e) {
      if (FENCE_LOST.equals(e.getSQLState()) || Writing.isViolation(e)) {
        return false;
      }
      throw e;
    } finally {
      if (!committed) {
        rollBack(connection);
      }
    }
  }

  private static void commit(Connection connection, List<List<Part>> portions) throws SQLException {
    for (int i = 0; i < portions.size(); i++) {
      StringJoiner sql = new StringJoiner("; ");
      if (i == 0) {
        sql.add("BEGIN");
      }
      portions.get(i).forEach(part -> add(sql, part, true));
      if (i == portions.size() - 1) {
        sql.add("COMMIT");
      }
      send(connection, sql.toString(), portions.get(i), true);
    }
  }

  /**
   * Leaves the connection without a transaction, or without use. Where none was begun the server
   * warns of that, and does nothing.
   */
  private static void rollBack(Connection connection) {
    try (PreparedStatement end = connection.prepareStatement("ROLLBACK")) {
      end.execute();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "The roll-back failed; the server does it when the connection ends", e);
      abort(connection);
    }
  }

  /** Whoever has the connection next must not be in this transaction: pools drop an aborted one. */
  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "A connection on which a roll-back failed could not be aborted", e);
    }
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

  /** Whether the rows are values of the text, not arrays. */
  private static boolean areValues(Part part) {
    return part.rows().size() <= part.write().few().size();
  }

  private static void add(StringJoiner sql, Part part, boolean fencing) {
    Write write = part.write();
    boolean values = areValues(part);
    String text = values ? write.few().get(part.rows().size() - 1) : write.many();
    Fence fence = write.fence();
    if (fence == null) {
      sql.add(text);
      return;
    }
    if (!values) {
      sql.add(fence.locking());
    }
    sql.add(fencing ? fencing(text, values) : text);
  }

  private static String fencing(String text, boolean isOne) {
    String divisor = isOne ? "COUNT(*)" : "CAST(COUNT(*) = ? AS INTEGER)";
    return "WITH f AS (" + text + " RETURNING 1) SELECT 1 / " + divisor + " FROM f";
  }

  /**
   * All results are looked at, although they say nothing: Open Liberty does not keep a statement
   * that has some left, and the next one would be parsed and planned anew.
   */
  private static void send(Connection connection, String sql, List<Part> parts, boolean fencing)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (Part part : parts) {
        parameter =
            areValues(part)
                ? setValues(statement, part, parameter)
                : setArrays(statement, part, parameter, fencing);
      }
      boolean isResult = statement.execute();
      while (isResult || statement.getUpdateCount() != -1) {
        isResult = statement.getMoreResults();
      }
    }
  }

  private static int setValues(PreparedStatement statement, Part part, int first)
      throws SQLException {
    int parameter = first;
    List<ColumnType> types = part.write().types();
    for (Object[] row : part.rows()) {
      for (int i = 0; i < types.size(); i++) {
        types.get(i).set(statement, parameter++, row[i]);
      }
    }
    return parameter;
  }

  private static int setArrays(PreparedStatement statement, Part part, int first, boolean fencing)
      throws SQLException {
    int parameter = first;
    List<ColumnType> types = part.write().types();
    Fence fence = part.write().fence();
    for (int i = 0; fence != null && i < fence.keyColumns(); i++) {
      int key = fence.firstKey() + i;
      statement.setObject(parameter++, types.get(key).array(part.rows(), key));
    }
    for (int i = 0; i < types.size(); i++) {
      statement.setObject(parameter++, types.get(i).array(part.rows(), i));
    }
    if (fence != null && fencing) {
      statement.setLong(parameter++, part.rows().size());
    }
    return parameter;
  }
}
