package dev.durable.testbed.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What clients and activities wrote down outside of the database, as temporary tables of one
 * connection. A ledger is a file of lines with tabs between the columns. A process that was killed
 * cannot leave half a line, since each is one write.
 */
public final class Ledgers {

  /** The file of starts: id, outcome ({@code created}, {@code exists}, {@code info}). */
  public static final String STARTS = "starts.tsv";

  /** The file of events: event id, instance, outcome ({@code ok}, {@code info}), sender, number. */
  public static final String EVENTS = "events.tsv";

  /** The file of activities: phase, instance, execution id and call id, nonce, node, time. */
  public static final String EFFECTS = "effects.tsv";

  /** The file of what readers saw: instance, reader, number, status, hash of the output. */
  public static final String SEEN = "seen.tsv";

  private static final int BATCH = 1000;

  private final Connection connection;

  /** To be loaded into that connection. */
  public Ledgers(Connection connection) {
    this.connection = connection;
  }

  /** Makes the tables, empty. */
  public Ledgers create() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create temporary table ledger_start (instance_id varchar, outcome varchar);
          create temporary table ledger_event (event_id varchar, instance_id varchar,
            outcome varchar, sender varchar, sender_no bigint);
          create temporary table ledger_effect (phase varchar, instance_id varchar,
            execution_id varchar, call_id integer, nonce varchar, node varchar, at bigint);
          create temporary table ledger_seen (instance_id varchar, reader varchar,
            seen_no bigint, status varchar, output_hash varchar)""");
    }
    return this;
  }

  /** Fills the tables with the files of a directory; one that is missing is empty. */
  public void load(Path directory) throws IOException, SQLException {
    load(directory.resolve(STARTS), "insert into ledger_start values (?, ?)");
    load(
        directory.resolve(EVENTS),
        "insert into ledger_event values (?, ?, ?, ?, cast(? as bigint))");
    load(
        directory.resolve(EFFECTS),
        """
        insert into ledger_effect select p, i, split_part(k, ':', 1),
          cast(split_part(k, ':', 2) as integer), n, d, cast(t as bigint)
        from (values (?, ?, ?, ?, ?, ?)) v (p, i, k, n, d, t)""");
    load(directory.resolve(SEEN), "insert into ledger_seen values (?, ?, cast(? as bigint), ?, ?)");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create index on ledger_effect (instance_id, execution_id, call_id);
          create index on ledger_event (instance_id, event_id);
          create index on ledger_start (instance_id);
          create index on ledger_seen (instance_id, reader);
          analyze ledger_effect; analyze ledger_event; analyze ledger_start; analyze ledger_seen""");
    }
  }

  private void load(Path file, String insert) throws IOException, SQLException {
    if (!Files.exists(file)) {
      return;
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      int waiting = 0;
      for (String line : lines) {
        int column = 1;
        for (String value : line.split("\t", -1)) {
          statement.setString(column++, value);
        }
        statement.addBatch();
        waiting++;
        if (waiting == BATCH) {
          statement.executeBatch();
          waiting = 0;
        }
      }
      statement.executeBatch();
    }
  }
}
