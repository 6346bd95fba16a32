package dev.durable.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** A claim on PostgreSQL takes what is free and does not wait for what somebody else has locked. */
class LockedRowsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestHub hub = new TestHub(Dialect.POSTGRESQL).create("a", "locked", "c");

  @Test
  void lockedInstancesArePassedOver() throws SQLException {
    List<String> claimed = whileLocked("DURABLE_INSTANCE", () -> TestHub.ids(hub.claim()));

    assertThat(claimed).containsExactly("a", "c");
    assertThat(TestHub.ids(hub.claim())).containsExactly("locked");
  }

  @Test
  void lockedTasksArePassedOver() throws SQLException {
    hub.store.commit(hub.claim().stream().map(item -> TestHub.scheduling(item, "1")).toList());

    List<String> claimed = whileLocked("DURABLE_ACTIVITY_TASK", this::claimedTasks);

    assertThat(claimed).containsExactlyInAnyOrder("a", "c");
    assertThat(claimedTasks()).containsExactly("locked");
  }

  private List<String> claimedTasks() {
    return hub.claimTasks().stream().map(item -> item.task().instance().id()).toList();
  }

  /** What it gives while somebody else has locked the row of the instance {@code locked}. */
  private <T> T whileLocked(String table, ThrowingSupplier<T> work) throws SQLException {
    try (Connection other = hub.database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.executeQuery(
          "SELECT 1 FROM "
              + table
              + " WHERE INSTANCE_KEY = (SELECT INSTANCE_KEY FROM DURABLE_INSTANCE"
              + " WHERE INSTANCE_ID = 'locked' AND TASK_HUB = '"
              + hub.name
              + "') FOR UPDATE");
      try {
        return Assertions.assertTimeoutPreemptively(PATIENCE, work);
      } finally {
        other.rollback();
      }
    }
  }
}
