package dev.durable.testbed.check;

import dev.durable.testbed.Options;
import dev.durable.testbed.check.Check.Group;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs checks in one snapshot that changes nothing, so they may run while the servers do. All task
 * hubs of the database are looked at together.
 */
public final class Checker {

  private static final int SHOWN = 20;

  private final Connection connection;
  private final long boundMillis;
  private final int maxAttempts;

  /**
   * For a connection of its own.
   *
   * @param boundMillis how long something may be due at most before it counts as stuck
   * @param maxAttempts {@code durable.max-attempts}
   */
  public Checker(Connection connection, long boundMillis, int maxAttempts) {
    this.connection = connection;
    this.boundMillis = boundMillis;
    this.maxAttempts = maxAttempts;
  }

  /**
   * Reads its options from system properties, see the README. Prints what is broken and one line of
   * JSON; ends with 0 if nothing is, 1 if something is, 2 if it could not look.
   */
  public static void main(String[] args) throws Exception {
    Options options = new Options(System.getProperties());
    int exit = 2;
    try (Connection connection =
        DriverManager.getConnection(
            options.text("url"), options.text("user"), options.text("password"))) {
      Set<Group> groups = EnumSet.noneOf(Group.class);
      for (String name : options.text("checks").split(",")) {
        groups.add(Group.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      }
      if (groups.contains(Group.LEDGER)) {
        new Ledgers(connection).create().load(options.path("ledger"));
      }
      Report report =
          new Checker(
                  connection,
                  options.number("bound", 0, Integer.MAX_VALUE),
                  options.number("max-attempts", 1, 1000))
              .run(groups);
      if (!report.isGood()) {
        System.out.println(report.details());
      }
      System.out.println(report.summary());
      exit = report.isGood() ? 0 : 1;
    } catch (IllegalArgumentException | SQLException e) {
      System.out.println(e.getMessage());
    }
    System.exit(exit);
  }

  /** Runs the checks of those groups; for those of ledgers, the ledgers must be loaded. */
  public Report run(Set<Group> groups) throws SQLException {
    List<Check> checks =
        Check.all().stream().filter(check -> groups.contains(check.group())).toList();
    long began = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      statement.execute("begin isolation level repeatable read read only");
      try {
        List<Violation> violations = new ArrayList<>();
        long now =
            number(statement, "select (extract(epoch from clock_timestamp()) * 1000)::bigint");
        for (Check check : checks) {
          run(statement, check, now, violations);
        }
        return new Report(
            checks.size(),
            number(statement, "select count(*) from durable_instance"),
            number(statement, "select count(*) from durable_history"),
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
            List.copyOf(violations));
      } finally {
        statement.execute("rollback");
      }
    }
  }

  private void run(Statement statement, Check check, long now, List<Violation> violations)
      throws SQLException {
    String sql =
        check
            .sql()
            .replace(":now", Long.toString(now))
            .replace(":bound", Long.toString(boundMillis))
            .replace(":attempts", Integer.toString(maxAttempts));
    try (ResultSet rows = statement.executeQuery(sql)) {
      int count = 0;
      List<String> first = new ArrayList<>();
      while (rows.next()) {
        count++;
        if (count <= SHOWN) {
          first.add(line(rows));
        }
      }
      if (count > 0) {
        violations.add(new Violation(check, count, List.copyOf(first)));
      }
    } catch (SQLException e) {
      throw new SQLException("The query of " + check.id() + " failed: " + e.getMessage(), e);
    }
  }

  private static String line(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    StringBuilder line = new StringBuilder();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      line.append(column == 1 ? "" : ", ")
          .append(columns.getColumnLabel(column))
          .append('=')
          .append(row.getString(column));
    }
    return line.toString();
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
