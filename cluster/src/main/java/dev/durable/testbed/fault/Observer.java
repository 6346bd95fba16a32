package dev.durable.testbed.fault;

import dev.durable.testbed.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the instances again and again while the cluster works: how many have completed, whether
 * what has finished stays so, and whether a version ever falls, which would be a commit that was
 * written over another one.
 */
final class Observer implements AutoCloseable {

  private static final long LOOK_MILLIS = 50;

  private final PostgresDatabase database;
  private final LedgerFiles ledger;
  private final Thread thread = new Thread(this::work, "observer");
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<String, String> statuses = new HashMap<>();
  private volatile long completed;
  private volatile @Nullable String fallen;
  private volatile boolean stopped;
  private long changedSince;
  private long number;

  Observer(PostgresDatabase database, LedgerFiles ledger) {
    this.database = database;
    this.ledger = ledger;
    thread.setDaemon(true);
    thread.start();
  }

  /** How many errands have completed that nobody called, a moment ago. */
  long completed() {
    return completed;
  }

  /** An instance whose version has fallen; null if none has. */
  @Nullable String fallen() {
    return fallen;
  }

  private void work() {
    while (!stopped) {
      try (Connection connection = database.connection()) {
        while (!stopped) {
          look(connection);
          TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
      } catch (SQLException e) {
        // There is no schema yet, or the database is being restarted; it is looked at again.
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  private void look(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select instance_id, version, status, md5(coalesce(output_json, '')), updated_at
            from durable_instance where updated_at >= ?""")) {
      // A commit may become visible after one with a later time.
      statement.setLong(1, changedSince - 2000);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          changedSince = Math.max(changedSince, rows.getLong(5));
          note(rows.getString(1), rows.getLong(2), rows.getString(3), rows.getString(4));
        }
      }
    }
    count(connection);
  }

  private void note(String id, long version, String status, String output) {
    Long before = versions.put(id, version);
    if (before != null && before > version) {
      fallen = id + " from " + before + " to " + version;
    }
    if (!status.equals(statuses.put(id, status))) {
      ledger.seen(id, "observer", number++, status, output);
    }
  }

  private void count(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select count(*) from durable_instance where kind = 0"
                    + " and parent_instance_key is null and status = 'COMPLETED'");
        ResultSet row = statement.executeQuery()) {
      row.next();
      completed = row.getLong(1);
    }
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
  }
}
