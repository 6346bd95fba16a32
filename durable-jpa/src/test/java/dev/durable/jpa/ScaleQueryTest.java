package dev.durable.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.StartPolicy;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.NewInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The query that the documents give to an autoscaler, {@code docs/howto/keda-scaledobject.yaml}, on
 * our tables: it says 1 when a node is wanted, and 0 when none is.
 */
class ScaleQueryTest {

  private static final Path MANIFEST = Path.of("..", "docs", "howto", "keda-scaledobject.yaml");

  /** Ahead of the database's clock, within the minute of the query and far beyond it. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final Duration MUCH_LATER = Duration.ofHours(1);

  private final TestHub hub = new TestHub(Dialect.POSTGRESQL);

  @Test
  void anEmptyTaskHubNeedsNoNode() {
    assertThat(wanted()).isZero();
  }

  @Test
  void whatWaitsWantsANode() {
    hub.create("order");

    assertThat(wanted()).isEqualTo(1);
  }

  @Test
  void aTimerWantsANodeShortlyBeforeItIsDue() {
    startAt(Instant.now().plus(MUCH_LATER));
    assertThat(wanted()).isZero();

    startAt(Instant.now().plus(SOON));
    assertThat(wanted()).isEqualTo(1);
  }

  @Test
  void whatIsLeasedStillWantsItsNode() {
    hub.create("order");
    InstanceWorkItem item = hub.claim(Instant.now()).get(0);
    assertThat(wanted()).isEqualTo(1);

    hub.store.commit(List.of(TestHub.scheduling(item, "1")));
    assertThat(wanted()).as("an activity that waits").isEqualTo(1);

    ActivityWorkItem task = hub.claimTasks().get(0);
    assertThat(hub.store.renew(List.of(task.lease()), Instant.now().plus(MUCH_LATER))).isEmpty();
    assertThat(wanted()).as("an activity that runs").isEqualTo(1);

    hub.store.commit(List.of(TestHub.completing(task, "2")));
    assertThat(wanted()).as("its answer").isEqualTo(1);

    hub.store.commit(List.of(TestHub.sending(hub.claim(Instant.now()).get(0), List.of())));
    assertThat(wanted()).as("nothing").isZero();
  }

  @Test
  void anActivityThatIsTriedAgainMuchLaterWantsNoNode() {
    hub.create("order");
    hub.store.commit(List.of(TestHub.scheduling(hub.claim(Instant.now()).get(0), "1")));
    List<Lease> task = List.of(hub.claimTasks().get(0).lease());

    hub.store.release(task, Instant.now().plus(MUCH_LATER));

    assertThat(wanted()).isZero();
  }

  @Test
  void anActivityOfASuspendedInstanceWantsNoNode() {
    hub.create("order");
    hub.store.commit(List.of(TestHub.scheduling(hub.claim(Instant.now()).get(0), "1")));
    hub.raise("order", "suspension");
    EpisodeCommit suspending =
        TestHub.about(
            TestHub.sending(hub.claim(Instant.now()).get(0), List.of()),
            OpenActivities.HELD,
            List.of(),
            List.of());

    hub.store.commit(List.of(suspending));

    assertThat(wanted()).isZero();
  }

  @Test
  void aBlockedInstanceWantsANodeOnlyWhenItIsTriedAgain() {
    hub.create("order");
    hub.store.block(
        hub.claim(Instant.now()).get(0).lease(),
        Failures.terminated("no code"),
        Instant.now().plus(MUCH_LATER));
    assertThat(wanted()).isZero();

    hub.store.unblock(Instant.now().plus(MUCH_LATER).plus(SOON), Instant.now());
    assertThat(wanted()).isEqualTo(1);
  }

  @Test
  void theWorkOfAnotherTaskHubIsNotLookedAt() {
    new TestHub(Dialect.POSTGRESQL).create("order");

    assertThat(wanted()).isZero();
  }

  private void startAt(Instant at) {
    String id = "order-at-" + at.toEpochMilli();
    hub.store.create(
        new NewInstance(id, id + "-e1", "fulfil", "1", TestHub.NOW, at, null),
        StartPolicy.REPLACE_FINISHED);
  }

  /** What the query says for this hub. */
  private int wanted() {
    String sql = query().replace("'default'", "'" + hub.name + "'");
    assertThat(sql).contains(hub.name);
    try (Connection connection = hub.database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      assertThat(result.getMetaData().getColumnCount()).isEqualTo(1);
      int nodes = result.getInt(1);
      assertThat(result.next()).isFalse();
      return nodes;
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + " in " + sql, e);
    }
  }

  /** The lines below the key, which are further in than it is. */
  private static String query() {
    try {
      List<String> lines = Files.readAllLines(MANIFEST);
      int key = lines.indexOf("        query: |");
      return lines.stream()
          .skip(key + 1L)
          .takeWhile(line -> line.startsWith("          "))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
