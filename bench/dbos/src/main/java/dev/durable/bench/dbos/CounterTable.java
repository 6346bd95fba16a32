package dev.durable.bench.dbos;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.txstep.JdbcStepFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * One counter in a table of the application. A step that adds to it commits together with the note
 * that it is done, so each operation counts exactly once, as with an entity.
 */
final class CounterTable {

  private final JdbcStepFactory steps;

  private CounterTable(JdbcStepFactory steps) {
    this.steps = steps;
  }

  /** Makes the table if it is not there. Before DBOS is launched. */
  static CounterTable in(DataSource application, DBOS dbos) throws SQLException {
    try (Connection connection = application.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists counter (name text primary key, value bigint not null)");
      statement.execute("insert into counter values ('one', 0) on conflict do nothing");
    }
    return new CounterTable(new JdbcStepFactory(dbos, application));
  }

  /** A step that counts. */
  void add(long amount) throws SQLException {
    steps.<Integer, SQLException>txStep(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update counter set value = value + ? where name = 'one'")) {
            update.setLong(1, amount);
            return update.executeUpdate();
          }
        },
        "add");
  }

  /** A step that tells how far it has counted. */
  long get() throws SQLException {
    return steps.<Long, SQLException>txStep(
        connection -> {
          try (PreparedStatement query =
                  connection.prepareStatement("select value from counter where name = 'one'");
              ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        },
        "get");
  }
}
