package dev.durable.jpa;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of statement that writes, as two texts that never change, so that drivers and databases
 * prepare each once: one with a parameter for each value of a row, and one for PostgreSQL with an
 * array for each column of any number of rows.
 */
final class Write {

  private final String one;
  private final String many;
  private final List<ColumnType> types;

  private final boolean fenced;
  private final @Nullable String locking;
  private final int firstKey;

  private Write(
      String one,
      String many,
      List<ColumnType> types,
      boolean fenced,
      @Nullable String locking,
      int firstKey) {
    this.one = one;
    this.many = many;
    this.types = types;
    this.fenced = fenced;
    this.locking = locking;
    this.firstKey = firstKey;
  }

  /**
   * An update or a delete: the table under an alias, and a {@code WHERE}.
   *
   * @param sql with a question mark for each value
   * @param types of the values, in order
   */
  static Write change(String sql, ColumnType... types) {
    return new Write(sql, many(sql, types), List.of(types), false, null, 0);
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
    String locks = locking.replace("#", unnest(keys, ""));
    return new Write(sql, many(sql, types), List.of(types), true, locks, firstKey);
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
    return insert(table, columns, "", "", false, types);
  }

  /** The same, of which each must be new; on PostgreSQL one that is not fails no statement. */
  static Write insertIfNew(String table, String columns, ColumnType... types) {
    return insert(table, columns, "", " ON CONFLICT DO NOTHING", true, types);
  }

  /**
   * Messages, in their order, those left out that are there already, or whose targets are not; only
   * PostgreSQL can say that.
   */
  static Write insertMissing(String table, String columns, String condition, ColumnType... types) {
    return insert(
        table,
        columns,
        " WITH ORDINALITY",
        condition + " ORDER BY k.PLACE ON CONFLICT DO NOTHING",
        false,
        types);
  }

  private static Write insert(
      String table,
      String columns,
      String ordinality,
      String end,
      boolean fenced,
      ColumnType... types) {
    String into = "INSERT INTO " + table + " (" + columns + ") ";
    String parameters = List.of(types).stream().map(t -> "?").collect(Collectors.joining(", "));
    return new Write(
        into + "VALUES (" + parameters + ")",
        into
            + "SELECT "
            + columns(types.length)
            + " FROM "
            + unnest(List.of(types), ordinality)
            + end,
        List.of(types),
        fenced,
        null,
        0);
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

  /** The text for one row. */
  String one() {
    return one;
  }

  /** The text for any number of rows. */
  String many() {
    return many;
  }

  /** The types of the values of a row. */
  List<ColumnType> types() {
    return types;
  }

  /** Whether each row has to change one that is there, or be new. */
  boolean isFenced() {
    return fenced;
  }

  /** The text that locks rows that are to be changed, in their order; null for none. */
  @Nullable String locking() {
    return locking;
  }

  /** Where the values that {@link #locking} needs begin in a row. */
  int firstKey() {
    return firstKey;
  }

  /** How many values {@link #locking} needs. */
  int keyColumns() {
    return locking == null ? 0 : (int) locking.chars().filter(c -> c == '?').count();
  }
}
