package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Commit;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session that the server ends in the middle of a commit. */
class LostConnectionTest {

  private final TestHub hub = new TestHub(Dialect.POSTGRESQL).create("order-1");
  private final PoolOfOne pool = new PoolOfOne(hub.database.dataSource());
  private final OneRoundTrip quick = hub.database.oneRoundTrip(hub.name, pool.door());
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  @AfterEach
  void stopThread() {
    thread.shutdownNow();
  }

  /** The last of what the commit writes waits for a row that somebody else is inserting. */
  @Test
  void nothingIsLeftHalfWrittenAndTheNextCommitFindsAnotherConnection() throws Exception {
    InstanceWorkItem item = hub.claim().get(0);
    InstanceRef ref = item.lease().instance();
    Message message = new Message(ref, "m", 0, TestHub.event("m", "1"), NOW, 0);
    List<Commit> commits = List.of(TestHub.sending(item, List.of(message)));

    try (Connection other = hub.database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          "INSERT INTO DURABLE_INBOX (INSTANCE_KEY, MESSAGE_ID, TASK_HUB, CARRIED, EXECUTION,"
              + " VISIBLE_AT, EVENT_TYPE) VALUES ("
              + ref.key()
              + ", 'm', 'none', 0, 0, 0, 'EventRaised')");
      Future<?> waiting = thread.submit(() -> quick.commit(commits));
      endWhoWaitsFor(backend(statement));
      assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(PersistenceException.class)
          .cause()
          .extracting(e -> ((SQLException) e).getSQLState())
          .isIn("57P01", "08006");
      other.rollback();
    }

    assertThat(hub.database.count("DURABLE_HISTORY", ref.key())).isZero();
    assertThat(hub.database.count("DURABLE_INBOX", ref.key())).as("its start").isEqualTo(1);
    assertThat(pool.hasConnection()).isFalse();
    assertThat(quick.commit(commits)).contains(List.of(CommitOutcome.COMMITTED));
    assertThat(pool.isClean()).isTrue();
  }

  private static int backend(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT PG_BACKEND_PID()")) {
      row.next();
      return row.getInt(1);
    }
  }

  private void endWhoWaitsFor(int backend) throws SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    try (Connection connection = hub.database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      boolean ended = false;
      while (!ended) {
        assertThat(System.nanoTime()).isLessThan(end);
        try (ResultSet row =
            statement.executeQuery(
                "SELECT PG_TERMINATE_BACKEND(PID) FROM PG_STAT_ACTIVITY WHERE "
                    + backend
                    + " = ANY (PG_BLOCKING_PIDS(PID))")) {
          ended = row.next();
        }
      }
    }
  }
}
