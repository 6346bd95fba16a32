package dev.durable.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.StartPolicy;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the database throws reaches the host as the cause, by whose state it decides. */
class FailuresTest {

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void whatTheDatabaseThrowsIsTheCause(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    String tooLong = "x".repeat(300);

    assertThatThrownBy(
            () -> hub.store.create(TestHub.instance(tooLong, "1"), StartPolicy.REPLACE_FINISHED))
        .isInstanceOf(PersistenceException.class)
        .hasCauseInstanceOf(SQLException.class)
        .satisfies(e -> assertThat(state((SQLException) e.getCause())).isEqualTo("22001"));
  }

  /** Of a batch, the first exception may only say that the batch failed. */
  private static String state(SQLException e) {
    return e.getNextException() == null ? e.getSQLState() : e.getNextException().getSQLState();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aCommitThatViolatesAConstraintFailsAndLeavesNothing(Dialect dialect) throws SQLException {
    TestHub hub = new TestHub(dialect).create("order-1");
    InstanceWorkItem item = hub.claim().get(0);
    occupy(hub, item.lease().instance().key());

    assertThatThrownBy(() -> hub.store.commit(List.of(TestHub.scheduling(item, "1"))))
        .isInstanceOf(PersistenceException.class)
        .satisfies(e -> assertThat(state((SQLException) e.getCause())).isEqualTo("23505"));

    hub.database.run("DELETE FROM DURABLE_HISTORY WHERE NAME = '" + hub.name + "'");
    assertThat(hub.store.commit(List.of(TestHub.scheduling(item, "1"))))
        .containsExactly(CommitOutcome.COMMITTED);
  }

  /** Puts an event where the next one belongs. */
  private static void occupy(TestHub hub, long instanceKey) throws SQLException {
    try (Connection connection = hub.database.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO DURABLE_HISTORY (INSTANCE_KEY, EXECUTION, SEQ, EVENT_TYPE, NAME)"
                    + " VALUES (?, 1, 1, 'EpisodeStarted', ?)")) {
      insert.setLong(1, instanceKey);
      insert.setString(2, hub.name);
      insert.executeUpdate();
    }
  }
}
