package dev.durable.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How PostgreSQL finds rows of the queues by keys, whatever a vacuum has found in them. */
class BallastTest {

  private static final String TASKS =
      "DELETE FROM DURABLE_ACTIVITY_TASK t"
          + " USING UNNEST(ARRAY[1, 2]::BIGINT[], ARRAY[1, 1], ARRAY[0, 0]) AS k (P1, P2, P3)"
          + " WHERE t.INSTANCE_KEY = k.P1 AND t.EXECUTION = k.P2 AND t.TASK_ID = k.P3";

  private static final String MESSAGES =
      "DELETE FROM DURABLE_INBOX m USING UNNEST(ARRAY[1, 2]::BIGINT[], ARRAY['a', 'b']) AS k (P1, P2)"
          + " WHERE m.INSTANCE_KEY = k.P1 AND m.MESSAGE_ID = k.P2";

  private final TestDatabase database = TestDatabase.fresh(Dialect.POSTGRESQL);

  @BeforeEach
  void noOtherVacuum() {
    database.openInTransactions("hub");
    database.run("ALTER TABLE DURABLE_ACTIVITY_TASK SET (autovacuum_enabled = false)");
    database.run("ALTER TABLE DURABLE_INBOX SET (autovacuum_enabled = false)");
  }

  @Test
  void emptyQueuesAreReadByTheirKeys() throws SQLException {
    vacuum();
    assertThatKeysAreUsed();
  }

  @Test
  void soAreThoseThatWereLong() throws SQLException {
    fill(20_000);
    database.run("DELETE FROM DURABLE_ACTIVITY_TASK WHERE TASK_HUB = 'hub'");
    database.run("DELETE FROM DURABLE_INBOX WHERE TASK_HUB = 'hub'");
    vacuum();
    assertThatKeysAreUsed();
  }

  @Test
  void soAreThoseWithAFewRows() throws SQLException {
    fill(5);
    vacuum();
    assertThatKeysAreUsed();
  }

  private void fill(int rows) {
    database.run(
        "INSERT INTO DURABLE_ACTIVITY_TASK (INSTANCE_KEY, EXECUTION, TASK_ID, TASK_HUB,"
            + " INSTANCE_ID, NAME, VISIBLE_AT, VERSION, LEASE_EXPIRES_AT, EXECUTION_ID, CALL_ID,"
            + " CALL_ATTEMPT) SELECT g, 1, 0, 'hub', 'i', 'n', g, 0, g, 'e', 0, 1"
            + " FROM GENERATE_SERIES(1, "
            + rows
            + ") g");
    database.run(
        "INSERT INTO DURABLE_INBOX (INSTANCE_KEY, MESSAGE_ID, TASK_HUB, CARRIED, EXECUTION,"
            + " VISIBLE_AT, EVENT_TYPE) SELECT g, 'a', 'hub', 0, 1, g, 'e'"
            + " FROM GENERATE_SERIES(1, "
            + rows
            + ") g");
  }

  private void vacuum() {
    database.run("VACUUM (ANALYZE) DURABLE_ACTIVITY_TASK");
    database.run("VACUUM (ANALYZE) DURABLE_INBOX");
  }

  private void assertThatKeysAreUsed() throws SQLException {
    assertThat(planOf(TASKS)).contains("durable_activity_task_pk").doesNotContain("Seq Scan");
    assertThat(planOf(MESSAGES)).contains("durable_inbox_pk").doesNotContain("Seq Scan");
  }

  private String planOf(String sql) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet lines = statement.executeQuery("EXPLAIN " + sql)) {
      while (lines.next()) {
        plan.append(lines.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }
}
