package dev.durable.jpa;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of statement that writes, as a few texts that never change, so that drivers and databases
 * prepare each once: with a parameter for each value of a row; and for PostgreSQL with an array for
 * each column of any number of rows, and with the values of a few new rows.
 */
final class Write {

  /**
   * Each row must change one: the fence of a lease.
   *
   * @param locking locks the rows with these keys in their order
   * @param firstKey where the keys begin in a row
   * @param keyColumns how many they are
   */
  record Fence(String locking, int firstKey, int keyColumns) {}

  private final String one;
  private final String many;
  private final List<String> few;
  private final List<ColumnType> types;
  private final @Nullable Fence fence;

  private Write(
      String one, String many, List<String> few, List<ColumnType> types, @Nullable Fence fence) {
    this.one = one;
    this.many = many;
    this.few = List.copyOf(few);
    this.types = types;
    this.fence = fence;
  }

  /**
   * An update or a delete: the table under an alias, and a {@code WHERE}.
   *
   * @param sql with a question mark for each value
   * @param types of the values, in order
   */
  static Write change(String sql, ColumnType... types) {
    return new Write(sql, many(sql, types), List.of(sql), List.of(types), null);
  }

  /**
   * The same where each row must change one: the fence of a lease. The keys are the values from
   * {@code firstKey} on.
   *
   * @param locking locks the rows with these keys in their order, which are {@code k.P1} and so on
   *     of {@code #}
   */
  static Write fenced(
      String sql, String locking, int firstKey, int keyColumns, ColumnType... types) {
    List<ColumnType> keys = List.of(types).subList(firstKey, firstKey + keyColumns);
    Fence fence = new Fence(locking.replace("#", unnest(keys, "")), firstKey, keyColumns);
    return new Write(sql, many(sql, types), List.of(sql), List.of(types), fence);
  }

  private static String many(String sql, ColumnType... types) {
    StringBuilder text = new StringBuilder();
    int parameter = 0;
    for (char c : sql.toCharArray()) {
      text.append(c == '?' ? "k.P" + ++parameter : String.valueOf(c));
    }
    int where = text.indexOf("WHERE");
    String rows = sql.startsWith("DELETE") ? "USING " : "FROM ";
    text.insert(where, rows + unnest(List.of(types), "") + " ");
    return text.toString();
  }

  /** Rows of a table. */
  static Write insert(String table, String columns, ColumnType... types) {
    return insertFew(1, table, columns, types);
  }

  /** The same, where up to so many rows are common, and have a text for each number of them. */
  static Write insertFew(int common, String table, String columns, ColumnType... types) {
    String into = into(table, columns);
    List<String> few = new ArrayList<>();
    for (int rows = 1; rows <= common; rows++) {
      few.add(
          into
              + "VALUES "
              + String.join(", ", Collections.nCopies(rows, "(" + parameters(types) + ")")));
    }
    String many = into + "SELECT " + columns(types.length) + " FROM " + unnest(List.of(types), "");
    return new Write(few.get(0), many, few, List.of(types), null);
  }

  /**
   * Messages, in their order, those left out that are there already, or whose targets are not; only
   * PostgreSQL can say that.
   */
  static Write insertMissing(String table, String columns, String condition, ColumnType... types) {
    String into = into(table, columns);
    String select = into + "SELECT " + columns(types.length) + " FROM ";
    String single = "(VALUES (" + parameters(types) + ")) AS k (" + columns(types.length) + ")";
    String end = " ON CONFLICT DO NOTHING";
    return new Write(
        into + "VALUES (" + parameters(types) + ")",
        select + unnest(List.of(types), " WITH ORDINALITY") + condition + " ORDER BY k.PLACE" + end,
        List.of(select + single + condition + end),
        List.of(types),
        null);
  }

  private static String into(String table, String columns) {
    return "INSERT INTO " + table + " (" + columns + ") ";
  }

  private static String parameters(ColumnType... types) {
    return String.join(", ", Collections.nCopies(types.length, "?"));
  }

  private static String unnest(List<ColumnType> types, String ordinality) {
    StringJoiner arrays = new StringJoiner(", ", "UNNEST(", ")");
    types.forEach(type -> arrays.add(type.arrayParameter()));
    return arrays
        + ordinality
        + " AS k ("
        + columns(types.size())
        + (ordinality.isEmpty() ? ")" : ", PLACE)");
  }

  private static String columns(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "P" + i).collect(Collectors.joining(", "));
  }

  /** The text for one row, for every database. */
  String one() {
    return one;
  }

  /** For PostgreSQL, the text for any number of rows as arrays. */
  String many() {
    return many;
  }

  /** For PostgreSQL, the texts for the values of 1, 2 and so on rows, as far as there are any. */
  List<String> few() {
    return few;
  }

  /** The types of the values of a row. */
  List<ColumnType> types() {
    return types;
  }

  /** The fence, if each row has to change one that is there. */
  @Nullable Fence fence() {
    return fence;
  }
}
