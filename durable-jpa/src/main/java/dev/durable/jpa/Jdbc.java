package dev.durable.jpa;

import dev.durable.jpa.Connections.Work;
import jakarta.persistence.PersistenceException;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Statements on the connection of the transaction, or on one without. What the database throws is
 * the cause of a {@link PersistenceException}, as with statements of the persistence provider, of
 * which none is written before.
 */
final class Jdbc {

  /** Reads the present row. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** A text with plain question marks, and which parameter each stands for, from 0. */
  private record Text(String sql, int[] parameters) {}

  private static final int MAX_TEXTS = 1_000;

  /** Texts of statements are few, and hold no values. */
  private static final Map<String, Text> TEXTS = new ConcurrentHashMap<>();

  private Jdbc() {}

  static <T> T run(Hub hub, Work<T> work) {
    return hub.connections().during(work);
  }

  /** Runs a query whose parameters are {@code ?1} and so on. */
  static <T> List<T> query(Hub hub, String sql, Reader<T> reader, Object... parameters) {
    return run(
        hub,
        connection -> {
          try (PreparedStatement statement = prepare(connection, sql, parameters);
              ResultSet rows = statement.executeQuery()) {
            return read(rows, reader);
          }
        });
  }

  /** The rows that are left. */
  static <T> List<T> read(ResultSet rows, Reader<T> reader) throws SQLException {
    List<T> read = new ArrayList<>();
    while (rows.next()) {
      read.add(reader.read(rows));
    }
    return read;
  }

  /** Runs an update whose parameters are {@code ?1} and so on; returns how many rows it changed. */
  static int update(Hub hub, String sql, Object... parameters) {
    return run(
        hub,
        connection -> {
          try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
          }
        });
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    Text text = text(sql);
    PreparedStatement statement = connection.prepareStatement(text.sql());
    try {
      for (int i = 0; i < text.parameters().length; i++) {
        set(statement, i + 1, parameters[text.parameters()[i]]);
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static void set(PreparedStatement statement, int index, Object value)
      throws SQLException {
    if (value instanceof String text) {
      statement.setString(index, text);
    } else if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof Integer number) {
      statement.setInt(index, number);
    } else {
      statement.setObject(index, value);
    }
  }

  private static Text text(String sql) {
    Text known = TEXTS.get(sql);
    if (known == null) {
      known = parse(sql);
      if (TEXTS.size() < MAX_TEXTS) {
        TEXTS.put(sql, known);
      }
    }
    return known;
  }

  private static Text parse(String sql) {
    StringBuilder plain = new StringBuilder();
    List<Integer> parameters = new ArrayList<>();
    for (int i = 0; i < sql.length(); i++) {
      plain.append(sql.charAt(i));
      if (sql.charAt(i) == '?') {
        int end = i + 1;
        while (end < sql.length() && Character.isDigit(sql.charAt(end))) {
          end++;
        }
        parameters.add(Integer.parseInt(sql.substring(i + 1, end)) - 1);
        i = end - 1;
      }
    }
    return new Text(plain.toString(), parameters.stream().mapToInt(Integer::intValue).toArray());
  }

  /** All columns of the present row: numbers, texts and nulls. */
  static Object[] row(ResultSet row) throws SQLException {
    Object[] values = new Object[row.getMetaData().getColumnCount()];
    for (int i = 0; i < values.length; i++) {
      Object value = row.getObject(i + 1);
      values[i] = value instanceof Clob ? row.getString(i + 1) : value;
    }
    return values;
  }

  static @Nullable Integer integer(ResultSet row, int column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
