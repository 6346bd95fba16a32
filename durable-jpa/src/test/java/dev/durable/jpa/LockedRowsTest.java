package dev.durable.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityClaim.Names;
import dev.durable.core.store.Claim;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.PartitionClaim;
import dev.durable.core.store.PartitionLease;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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

  /** Heartbeats are where leases are renewed: they must not wait for a node that stands still. */
  @Test
  void lockedPartitionsArePassedOver() throws SQLException {
    lease("node-a", Set.of(0, 1));
    hub.store.leasePartitions(
        new PartitionClaim("node-a", 2, Set.of(0, 1), Set.of(), TestHub.NOW, TestHub.LEASE_END));

    List<PartitionLease> all =
        whileHeld(
            "SELECT 1 FROM DURABLE_PARTITION_LEASE WHERE TASK_HUB = '"
                + hub.name
                + "' AND PARTITION_NO = 0 FOR UPDATE",
            () -> lease("node-b", Set.of(0, 1)));

    assertThat(all).extracting(PartitionLease::owner).containsExactly(null, "node-b");
    assertThat(lease("node-b", Set.of(0)))
        .extracting(PartitionLease::owner)
        .containsExactly("node-b", "node-b");
  }

  /** The claim fails, so that those of other activities have their turn. */
  @Test
  void aLockedLimitIsNotWaitedForForLong() throws SQLException {
    hub.store.commit(hub.claim().stream().map(item -> TestHub.scheduling(item, "1")).toList());
    ActivityClaim limited =
        new ActivityClaim(
            new Claim("node-a", TestHub.NOW, TestHub.LEASE_END, 2),
            new Names.Only("charge"),
            new HubLimit(2, null));
    assertThat(hub.store.claimActivities(limited)).hasSize(2);

    whileHeld(
        "SELECT 1 FROM DURABLE_ACTIVITY_LIMIT WHERE TASK_HUB = '" + hub.name + "' FOR UPDATE",
        () ->
            assertThatThrownBy(() -> hub.store.claimActivities(limited))
                .hasStackTraceContaining("lock timeout"));
    assertThat(hub.store.claimActivities(limited)).isEmpty();
  }

  private List<PartitionLease> lease(String node, Set<Integer> wanted) {
    return hub.store.leasePartitions(
        new PartitionClaim(node, 2, Set.of(), wanted, TestHub.NOW, TestHub.LEASE_END));
  }

  private List<String> claimedTasks() {
    return hub.claimTasks().stream().map(item -> item.task().instance().id()).toList();
  }

  /** What it gives while somebody else has locked the row of the instance {@code locked}. */
  private <T> T whileLocked(String table, ThrowingSupplier<T> work) throws SQLException {
    return whileHeld(
        "SELECT 1 FROM "
            + table
            + " WHERE INSTANCE_KEY = (SELECT INSTANCE_KEY FROM DURABLE_INSTANCE"
            + " WHERE INSTANCE_ID = 'locked' AND TASK_HUB = '"
            + hub.name
            + "') FOR UPDATE",
        work);
  }

  /** What it gives while somebody else has locked rows by that statement. */
  private <T> T whileHeld(String locking, ThrowingSupplier<T> work) throws SQLException {
    try (Connection other = hub.database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.executeQuery(locking);
      try {
        return Assertions.assertTimeoutPreemptively(PATIENCE, work);
      } finally {
        other.rollback();
      }
    }
  }
}
