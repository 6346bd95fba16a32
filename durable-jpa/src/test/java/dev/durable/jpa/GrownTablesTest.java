package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.store.TaskHubStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In a database of its own, since others count as well. */
class GrownTablesTest {

  private static final String STATUS =
      "SELECT STATUS FROM DURABLE_INSTANCE WHERE TASK_HUB = 'hub' AND INSTANCE_ID = 'order-1'";

  private final TestDatabase database = TestDatabase.fresh(Dialect.POSTGRESQL);
  private final TaskHubStore store = database.openInTransactions("hub");

  GrownTablesTest() {
    database.run("ALTER TABLE DURABLE_INSTANCE SET (autovacuum_enabled = false)");
  }

  private void insert(int from, int to) {
    database.run(
        "INSERT INTO DURABLE_INSTANCE (INSTANCE_KEY, TASK_HUB, INSTANCE_ID, BUCKET, EXECUTION,"
            + " EXECUTION_ID, NAME, VERSION, STATUS, CREATED_AT, UPDATED_AT)"
            + " SELECT g, 'hub', 'order-' || g, 0, 1, 'e', 'n', 1, 'RUNNING', 0, 0"
            + " FROM GENERATE_SERIES("
            + from
            + ", "
            + to
            + ") g");
  }

  private List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  private long counted() throws SQLException {
    return Long.parseLong(
        rows("SELECT CAST(RELTUPLES AS BIGINT) FROM PG_CLASS WHERE RELNAME = 'durable_instance'")
            .get(0));
  }

  @Test
  void whatHasBecomeTwiceAsLongIsCounted() throws SQLException {
    insert(1, 5_000);
    assertThat(counted()).isEqualTo(-1);
    store.due(NOW);
    assertThat(counted()).isEqualTo(5_000);

    insert(5_001, 6_000);
    store.due(NOW);
    assertThat(counted()).isEqualTo(5_000);

    insert(6_001, 12_000);
    store.due(NOW);
    assertThat(counted()).isEqualTo(12_000);
  }

  @Test
  void anIdIsLookedUpByItsIndexFromThenOn() throws SQLException {
    insert(1, 5_000);
    assertThat(rows("EXPLAIN " + STATUS)).noneMatch(line -> line.contains("id_unique"));
    store.due(NOW);

    assertThat(rows("EXPLAIN " + STATUS)).anyMatch(line -> line.contains("id_unique"));
  }

  @Test
  void whatThisNodeCannotHaveCountedIsNotTriedEachTime() {
    GrownTables grown = new GrownTables();

    assertThat(grown.isDue("t", 100)).isTrue();
    assertThat(grown.isDue("t", 100)).isFalse();
    assertThat(grown.isDue("t", 199)).isFalse();
    assertThat(grown.isDue("t", 200)).isTrue();
    assertThat(grown.isDue("other", 100)).isTrue();
  }

  @Test
  void whatHasBecomeShortAndLongAgainIsCounted() {
    GrownTables grown = new GrownTables();
    grown.isDue("t", 1_000);

    assertThat(grown.isDue("t", 499)).isTrue();
    assertThat(grown.isDue("t", 1_000)).isTrue();
  }
}
