package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.store.InstanceWorkItem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * On Derby a claim sees messages before they are committed, so it may find that there is nothing to
 * do after all.
 */
class DirtyCandidateTest {

  private final ExecutorService node = Executors.newSingleThreadExecutor();

  @AfterEach
  void stopNode() {
    node.shutdownNow();
  }

  @Test
  void anInstanceWhoseOnlyMessageIsRolledBackIsGivenBackWithoutCountingTheAttempt()
      throws Exception {
    TestHub hub = new TestHub(Dialect.DERBY).create("order-1");
    hub.store.commit(List.of(TestHub.sending(hub.claim().get(0), List.of())));
    AtomicReference<Future<List<InstanceWorkItem>>> claim = new AtomicReference<>();

    try {
      hub.database.inTransaction(
          em -> {
            new JpaTaskHubStore(em, Dialect.DERBY, hub.name)
                .send("order-1", "e", TestHub.event("e", "1"), NOW, false);
            em.flush();
            claim.set(node.submit(() -> hub.claim()));
            untilSomebodyWaitsForALock(hub);
            throw new IllegalStateException("rolled back");
          });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("rolled back");
    }

    assertThat(claim.get().get(30, TimeUnit.SECONDS)).isEmpty();
    hub.raise("order-1", "f");
    List<InstanceWorkItem> items = hub.claim();
    assertThat(items).hasSize(1);
    assertThat(items.get(0).attempt()).isEqualTo(1);
  }

  private static void untilSomebodyWaitsForALock(TestHub hub) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
    try (Connection connection = hub.database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      while (true) {
        try (ResultSet waiting =
            statement.executeQuery(
                "SELECT COUNT(*) FROM SYSCS_DIAG.LOCK_TABLE WHERE STATE = 'WAIT'")) {
          waiting.next();
          if (waiting.getInt(1) > 0) {
            return;
          }
        }
        assertThat(System.nanoTime()).as("no claim has come to wait").isLessThan(deadline);
        Thread.onSpinWait();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
