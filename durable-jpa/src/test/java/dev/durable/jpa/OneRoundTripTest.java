package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.store.TaskHubStore.StartOutcome;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All of a call or nothing, and a clean connection, whatever happens. */
class OneRoundTripTest {

  private final TestHub hub = new TestHub(Dialect.POSTGRESQL);
  private final PoolOfOne pool = new PoolOfOne(hub.database.dataSource());
  private final OneRoundTrip quick = hub.database.oneRoundTrip(hub.name, pool.door());

  @AfterEach
  void theConnectionIsCleanOrThrownAway() throws SQLException {
    assertThat(!pool.hasConnection() || pool.isClean()).isTrue();
  }

  private List<InstanceWorkItem> claimed(int count) {
    IntStream.range(0, count).forEach(i -> hub.create("order-" + i));
    return hub.claim();
  }

  private List<ActivityWorkItem> tasks(int count) {
    hub.store.commit(claimed(count).stream().map(item -> TestHub.scheduling(item, "1")).toList());
    return hub.claimTasks();
  }

  private static List<Commit> scheduling(List<InstanceWorkItem> items) {
    return items.stream().map(item -> (Commit) TestHub.scheduling(item, "1")).toList();
  }

  private static List<Commit> completing(List<ActivityWorkItem> tasks) {
    return tasks.stream().map(task -> (Commit) TestHub.completing(task, "1")).toList();
  }

  private int rows(String table, InstanceRef instance) {
    return hub.database.count(table, instance.key());
  }

  private void assertNothingWrittenBy(List<InstanceWorkItem> items) {
    for (InstanceWorkItem item : items) {
      InstanceRef ref = item.lease().instance();
      assertThat(rows("DURABLE_HISTORY", ref)).isZero();
      assertThat(rows("DURABLE_ACTIVITY_TASK", ref)).isZero();
      assertThat(rows("DURABLE_INBOX", ref)).as("its start").isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void aCommitOfEpisodesIsOneStatementOnOneConnection(int count) {
    List<InstanceWorkItem> items = claimed(count);
    hub.database.log().take();

    assertThat(quick.commit(scheduling(items)))
        .hasValueSatisfying(all -> assertThat(all).containsOnly(CommitOutcome.COMMITTED));

    assertThat(pool.taken()).isEqualTo(1);
    assertThat(hub.database.log().take()).hasSize(1);
    assertThat(hub.claimTasks()).hasSize(count);
  }

  /** Some servers keep only such statements for the next call. */
  @Test
  void noStatementIsClosedBeforeAllItsResultsAreSeen() {
    List<InstanceWorkItem> items = claimed(2);

    quick.commit(scheduling(items.subList(0, 1)));
    quick.commit(scheduling(items));
    quick.commit(completing(hub.claimTasks()));
    quick.create(TestHub.instance("order-9", "1"));
    quick.send("order-9", "e", TestHub.event("e", "1"), NOW, true);

    assertThat(pool.closedWithResults()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void ifOneOfTheEpisodesIsFencedOffNothingIsWritten(int count) {
    List<InstanceWorkItem> items = claimed(count);
    InstanceWorkItem lost = items.get(count - 1);
    hub.database.run(
        "UPDATE DURABLE_INSTANCE SET VERSION = VERSION + 1 WHERE INSTANCE_KEY = "
            + lost.lease().instance().key());

    assertThat(quick.commit(scheduling(items))).isEmpty();

    assertNothingWrittenBy(items);
    assertThat(hub.store.commit(scheduling(items)))
        .as("the other way")
        .filteredOn(CommitOutcome.FENCED::equals)
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void ifOneOfTheResultsIsFencedOffNothingIsWritten(int count) {
    List<ActivityWorkItem> tasks = tasks(count);
    InstanceRef lost = tasks.get(count - 1).lease().instance();
    hub.database.run(
        "UPDATE DURABLE_ACTIVITY_TASK SET VERSION = VERSION + 1 WHERE INSTANCE_KEY = "
            + lost.key());

    assertThat(quick.commit(completing(tasks))).isEmpty();

    for (ActivityWorkItem task : tasks) {
      assertThat(rows("DURABLE_ACTIVITY_TASK", task.lease().instance())).isEqualTo(1);
      assertThat(rows("DURABLE_INBOX", task.lease().instance())).isZero();
    }
  }

  @Test
  void anEpisodeWhoseResultIsFencedOffWritesNothing() {
    InstanceWorkItem item = claimed(1).get(0);
    EpisodeCommit first = TestHub.scheduling(item, "1");
    ActivityCompletion result =
        new ActivityCompletion(
            first.claimed(first.activities().get(0)).lease(),
            new TaskCompleted(first.activities().get(0).taskId(), "1"),
            NOW);

    assertThat(quick.commit(List.of(TestHub.sending(item, List.of()).answering(List.of(result)))))
        .isEmpty();

    assertNothingWrittenBy(List.of(item));
  }

  @Test
  void whereARowIsInTheWayNothingIsWritten() {
    List<InstanceWorkItem> items = claimed(2);
    hub.database.run(
        "INSERT INTO DURABLE_ACTIVITY_TASK (INSTANCE_KEY, EXECUTION, TASK_ID, TASK_HUB,"
            + " INSTANCE_ID, NAME, VISIBLE_AT, VERSION, LEASE_EXPIRES_AT, EXECUTION_ID, CALL_ID,"
            + " CALL_ATTEMPT) VALUES ("
            + items.get(1).lease().instance().key()
            + ", 1, 0, 'none', 'i', 'n', 0, 1, 0, 'e', 1, 1)");

    assertThat(quick.commit(scheduling(items))).isEmpty();

    hub.database.run("DELETE FROM DURABLE_ACTIVITY_TASK WHERE TASK_HUB = 'none'");
    assertNothingWrittenBy(items);
  }

  @Test
  void whatTheDatabaseRefusesIsThrownAndNothingIsWritten() throws SQLException {
    InstanceWorkItem item = claimed(1).get(0);
    EpisodeCommit commit = sending(item, "x".repeat(300));

    assertThatThrownBy(() -> quick.commit(List.of(commit)))
        .isInstanceOf(PersistenceException.class)
        .satisfies(e -> assertThat(((SQLException) e.getCause()).getSQLState()).isEqualTo("22001"));

    assertThat(pool.isClean()).isTrue();
    assertNothingWrittenBy(List.of(item));
  }

  private static EpisodeCommit sending(InstanceWorkItem item, String messageId) {
    InstanceRef self = item.lease().instance();
    return TestHub.sending(
        item,
        List.of(
            new Message(
                self, messageId, Message.ANY_EXECUTION, TestHub.event(messageId, "1"), NOW, 0)));
  }

  @Test
  void aTransactionOfSeveralRoundTripsIsOneAsWell() {
    InstanceWorkItem item = claimed(1).get(0);
    InstanceRef ref = item.lease().instance();
    List<Message> messages =
        IntStream.range(0, 4_500)
            .mapToObj(i -> "m" + i)
            .map(id -> new Message(ref, id, 0, TestHub.event(id, "1"), NOW, 0))
            .toList();
    EpisodeCommit commit = TestHub.sending(item, messages);
    Message refused = new Message(ref, "x".repeat(300), 0, TestHub.event("x", "1"), NOW, 0);
    List<Message> bad = Stream.concat(messages.stream(), Stream.of(refused)).toList();

    assertThatThrownBy(() -> quick.commit(List.of(TestHub.sending(item, bad))))
        .isInstanceOf(PersistenceException.class);
    assertNothingWrittenBy(List.of(item));

    hub.database.log().take();
    assertThat(quick.commit(List.of(commit))).isPresent();
    assertThat(hub.database.log().take()).hasSize(3);
    assertThat(rows("DURABLE_INBOX", ref)).isEqualTo(4_500);
  }

  @Test
  void aCommitThatIsAboutOthersAsWellIsNotForARoundTrip() {
    EpisodeCommit commit = TestHub.sending(claimed(1).get(0), List.of());
    EpisodeCommit about = TestHub.about(commit, OpenActivities.DELETED, List.of(), List.of());

    assertThat(quick.commit(List.of(about))).isEmpty();
    assertThat(pool.taken()).isZero();
  }

  @Test
  void aConnectionOnWhichEvenTheRollBackFailsIsThrownAway() throws SQLException {
    List<InstanceWorkItem> items = claimed(1);
    hub.store.commit(scheduling(items));
    pool.failing("ROLLBACK", "XX000");

    assertThat(quick.commit(scheduling(items))).isEmpty();

    assertThat(pool.hasConnection()).isFalse();
  }

  @Test
  void aCommitThatWasDoneAlthoughTheConnectionWasLostIsNotDoneTwice() {
    List<InstanceWorkItem> items = claimed(1);
    pool.failingOnceSent("BEGIN", "08006");

    assertThatThrownBy(() -> quick.commit(scheduling(items)))
        .isInstanceOf(PersistenceException.class);

    assertThat(hub.store.commit(scheduling(items))).containsExactly(CommitOutcome.FENCED);
    assertThat(rows("DURABLE_ACTIVITY_TASK", items.get(0).lease().instance())).isEqualTo(1);
  }

  @Test
  void clientsWriteWithOneStatementEach() {
    assertThat(quick.create(TestHub.instance("order-1", "1")))
        .contains(new CreateOutcome.Created());
    hub.database.log().take();
    int before = pool.taken();

    assertThat(quick.create(TestHub.instance("order-2", "1"))).isPresent();
    assertThat(quick.send("order-2", "e", TestHub.event("e", "1"), NOW, true)).isPresent();
    assertThat(hub.database.log().take()).hasSize(2);
    assertThat(pool.taken() - before).isEqualTo(2);
    assertThat(hub.claim()).hasSize(2);
  }

  private Start starting(String id) {
    return new Start(quick.keys(1).orElseThrow().get(0), TestHub.instance(id, "1"));
  }

  @Test
  void aFirstEpisodeCreatesItsInstanceWithOneStatement() {
    Start start = starting("order-1");
    InstanceWorkItem item = start.claimedBy("node-a");
    EpisodeCommit commit = TestHub.scheduling(item, "1").creating(start.instance());
    hub.database.log().take();

    assertThat(quick.commit(List.of(commit))).contains(List.of(CommitOutcome.COMMITTED));
    assertThat(hub.database.log().take()).hasSize(1);
    assertThat(rows("DURABLE_ACTIVITY_TASK", start.ref())).isEqualTo(1);
    assertThat(rows("DURABLE_INBOX", start.ref())).isZero();
    assertThat(quick.commit(List.of(commit))).as("its key is taken, by itself").isEmpty();
    assertThat(hub.store.commit(List.of(commit))).containsExactly(CommitOutcome.COMMITTED);
    assertThat(rows("DURABLE_ACTIVITY_TASK", start.ref())).isEqualTo(1);
  }

  @Test
  void aStartThatWasStoredAlthoughTheConnectionWasLostKnowsItself() {
    Start start = starting("order-1");
    EpisodeCommit commit =
        TestHub.scheduling(start.claimedBy("node-a"), "1").creating(start.instance());
    pool.failingOnceSent("BEGIN", "08006");

    assertThatThrownBy(() -> quick.commit(List.of(commit)))
        .isInstanceOf(PersistenceException.class);

    assertThat(hub.store.commit(List.of(commit))).containsExactly(CommitOutcome.COMMITTED);
    assertThat(rows("DURABLE_ACTIVITY_TASK", start.ref())).isEqualTo(1);
  }

  @Test
  void whereAnIdIsTakenNothingIsStarted() {
    hub.create("order-1");
    Claim claim = new Claim("node-a", NOW, NOW.plusSeconds(30), 10);

    assertThat(quick.create(TestHub.instance("order-1", "1"))).isEmpty();
    assertThat(quick.start(List.of(starting("order-2"), starting("order-1")), claim)).isEmpty();

    assertThat(hub.store.status("order-2")).isEmpty();
    assertThat(quick.start(List.of(starting("order-2")), claim))
        .hasValueSatisfying(
            started -> assertThat(started.get(0)).isInstanceOf(StartOutcome.Claimed.class));
  }

  @Test
  void aSignalToAnEntityThatIsNotThereIsNotSent() {
    assertThat(quick.sendToEntity(EntityHub.signal(EntityHub.A, "s"), NOW, false)).isFalse();
    hub.store.sendToEntity(EntityHub.signal(EntityHub.A, "s"), NOW, false);

    assertThat(quick.sendToEntity(EntityHub.signal(EntityHub.A, "t"), NOW, false)).isTrue();
  }

  @Test
  void onDerbyNothingIsDoneThisWay() {
    TestHub derby = new TestHub(Dialect.DERBY).create("order-1");
    PoolOfOne none = new PoolOfOne(derby.database.dataSource());
    OneRoundTrip never = derby.database.oneRoundTrip(derby.name, none.door());
    List<InstanceWorkItem> items = derby.claim();

    assertThat(never.commit(scheduling(items))).isEmpty();
    assertThat(never.create(TestHub.instance("order-2", "1"))).isEmpty();
    assertThat(never.send("order-1", "e", TestHub.event("e", "1"), NOW, false)).isEmpty();
    assertThat(none.taken()).isZero();
  }
}
