package dev.durable.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Makes very many instances by copying all rows of one that the engine has made, within the
 * database. So each has the rows that the engine would have written, in whichever version.
 */
final class InstanceCopies {

  private static final int AT_ONCE = 100_000;

  /** What is another one in each copy; {@code g} counts the copies from 1. */
  private static final Map<String, String> OWN =
      Map.of(
          "instance_key", "%2$d + g",
          "instance_id", "'%1$s' || g",
          "execution_id", "'%1$s' || g || '-1'",
          "bucket", "g %% 1024");

  private final Connection connection;

  InstanceCopies(Connection connection) {
    this.connection = connection;
  }

  /**
   * Copies an instance.
   *
   * @param id of the instance
   * @param prefix what the ids of the copies begin with; a number follows, from 1
   * @param count how many
   * @param without tables whose rows are not copied, since nobody will read them
   * @param changes by table and column, such as {@code durable_inbox.visible_at}: what is to stand
   *     there instead, in SQL; {@code g} is the number, and {@code c} the row that is copied
   */
  void make(String id, String prefix, int count, Set<String> without, Map<String, String> changes)
      throws SQLException {
    long template =
        number("select instance_key from durable_instance where instance_id = '" + id + "'");
    long keys = reserve(count);
    List<String> tables = new ArrayList<>(texts(TABLES));
    tables.removeAll(without);
    for (int from = 1; from <= count; from += AT_ONCE) {
      int to = Math.min(count, from + AT_ONCE - 1);
      for (String table : tables) {
        execute(
            insertion(table, columns(table), prefix, keys, changes)
                + " from %s c cross join generate_series(%d, %d) g where c.instance_key = %d"
                    .formatted(table, from, to, template));
      }
    }
    execute("vacuum analyze");
  }

  private static final String TABLES =
      """
      select table_name from information_schema.columns
      where table_name like 'durable!_%' escape '!' and column_name = 'instance_key'
      order by table_name""";

  private List<String> columns(String table) throws SQLException {
    return texts(
        "select column_name from information_schema.columns where table_name = '"
            + table
            + "' and is_identity = 'NO' order by ordinal_position");
  }

  static String insertion(
      String table, List<String> columns, String prefix, long keys, Map<String, String> changes) {
    StringJoiner values = new StringJoiner(", ");
    for (String column : columns) {
      String own = OWN.get(column);
      values.add(
          changes.containsKey(table + "." + column)
              ? changes.get(table + "." + column)
              : own == null ? "c." + column : own.formatted(prefix, keys));
    }
    return "insert into " + table + " (" + String.join(", ", columns) + ") select " + values;
  }

  /** Keys that no node has taken or will take; returns the one before the first. */
  private long reserve(int count) throws SQLException {
    long last = number("select nextval('durable_instance_seq')");
    long block = 1000;
    number(
        "select setval('durable_instance_seq', "
            + (last + (count + block - 1) / block * block)
            + ")");
    return last;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    return Long.parseLong(texts(sql).get(0));
  }

  private List<String> texts(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    }
  }
}
