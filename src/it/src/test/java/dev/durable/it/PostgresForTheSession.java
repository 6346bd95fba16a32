package dev.durable.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Runs a PostgreSQL from before the first test to after the last one when {@code DURABLE_DB} is
 * {@code postgres}, on the port that the servers under test read from {@code DURABLE_PG_PORT}.
 */
public final class PostgresForTheSession implements LauncherSessionListener {

  private @Nullable EmbeddedPostgres postgres;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (!"postgres".equals(System.getenv("DURABLE_DB"))) {
      return;
    }
    try {
      postgres =
          EmbeddedPostgres.builder()
              .setPort(Integer.parseInt(System.getenv("DURABLE_PG_PORT")))
              .setServerConfig("max_connections", "300")
              .start();
      try (var connection = postgres.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create role durable login password 'durable'");
        statement.execute("create database durable owner durable");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("The database for the tests cannot be made", e);
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    if (postgres == null) {
      return;
    }
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
