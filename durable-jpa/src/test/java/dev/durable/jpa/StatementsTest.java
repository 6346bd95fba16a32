package dev.durable.jpa;

import static dev.durable.jpa.TestHub.LEASE_END;
import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.InstanceFilter;
import dev.durable.InstanceQuery;
import dev.durable.InstanceQuery.Payload;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityClaim.Names;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.CachedHistory;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.ClaimedTasks;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.EventDelivery;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.HubLimit.Rate;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often the database is asked. A change that raises these numbers needs a measurement beside
 * it.
 */
class StatementsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void onPostgresqlTheNumberOfStatementsDoesNotDependOnTheNumberOfWorkItems(int count) {
    TestHub hub = new TestHub(Dialect.POSTGRESQL);
    StatementLog log = hub.database.log();
    for (int i = 0; i < count; i++) {
      hub.create("order-" + i);
    }
    log.take();

    List<InstanceWorkItem> items = hub.claim();
    assertThat(items).hasSize(count);
    assertThat(log.take()).as("claim, and what lies in the inboxes").hasSize(2);

    hub.store.renew(items.stream().map(InstanceWorkItem::lease).toList(), NOW.plusSeconds(60));
    assertThat(log.take()).as("renewal").hasSize(2);

    hub.store.commit(items.stream().map(item -> TestHub.scheduling(item, "1")).toList());
    assertThat(log.take()).as("commit of episodes").hasSize(1);

    List<ActivityWorkItem> tasks = hub.claimTasks();
    assertThat(tasks).hasSize(count);
    assertThat(log.take()).as("claim of activities").hasSize(1);

    hub.store.commit(tasks.stream().map(task -> TestHub.completing(task, "1")).toList());
    assertThat(log.take()).as("commit of completions").hasSize(1);

    assertThat(hub.claim()).hasSize(count);
    assertThat(log.take()).as("claim, and inboxes with histories").hasSize(2);
  }

  @Test
  void onPostgresqlHistoriesAreReadWithOneStatementHoweverMuchOfThemIsCachedAndNotIfAllIs() {
    TestHub hub = new TestHub(Dialect.POSTGRESQL);
    Map<Long, CachedHistory> cached = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      hub.create("order-" + i);
    }
    List<InstanceWorkItem> items = hub.claim();
    hub.store.commit(items.stream().map(item -> TestHub.scheduling(item, "1")).toList());
    for (int i = 0; i < 10; i++) {
      List<HistoryEvent> events = hub.store.history("order-" + i).orElseThrow();
      cached.put(
          items.get(i).lease().instance().key(), new CachedHistory(1, events.subList(0, i % 4)));
      hub.raise("order-" + i, "e");
    }
    hub.database.log().take();

    assertThat(claimHaving(hub, NOW, cached)).hasSize(10);
    assertThat(hub.database.log().take()).as("some of each is cached").hasSize(2);

    items.forEach(
        item ->
            cached.put(
                item.lease().instance().key(),
                new CachedHistory(
                    1, hub.store.history(item.lease().instance().id()).orElseThrow())));
    hub.database.log().take();
    assertThat(claimHaving(hub, NOW.plusSeconds(60), cached)).hasSize(10);
    assertThat(hub.database.log().take()).as("all is cached").hasSize(2);
  }

  private static List<InstanceWorkItem> claimHaving(
      TestHub hub, Instant now, Map<Long, CachedHistory> cached) {
    Claim claim = new Claim("node-a", now, now.plusSeconds(30), 100);
    return hub.store.claimInstances(InstanceClaim.any(claim).having(cached::get));
  }

  @Test
  void onPostgresqlAClaimUnderALimitCostsTheLockTheCountAndTheNewCount() {
    TestHub hub = new TestHub(Dialect.POSTGRESQL).create("order-1");
    hub.store.commit(List.of(TestHub.scheduling(hub.claim().get(0), "1")));
    ActivityClaim claim =
        new ActivityClaim(
            new Claim("node-a", NOW, LEASE_END, 10),
            new Names.Only("charge"),
            new HubLimit(1, new Rate(1, Duration.ofSeconds(1))));
    hub.store.claimActivities(
        new ActivityClaim(claim.claim(), new Names.Only("ship"), claim.limit()));
    hub.database.log().take();

    assertThat(hub.store.claimActivities(claim)).hasSize(1);
    assertThat(hub.database.log().take()).as("with a new row").hasSize(6);
    assertThat(hub.store.claimActivities(claim)).isEmpty();
    assertThat(hub.database.log().take()).as("no place is free").hasSize(2);
    ActivityClaim later = claim.with(new Claim("node-a", LEASE_END, LEASE_END.plusSeconds(30), 10));
    assertThat(hub.store.claimActivities(later)).hasSize(1);
    assertThat(hub.database.log().take()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void onPostgresqlTargetsOfEventsAreLookedUpForAllCommitsTogether(int count) {
    TestHub hub = new TestHub(Dialect.POSTGRESQL);
    for (int i = 0; i < count; i++) {
      hub.create("order-" + i);
    }
    List<InstanceWorkItem> items = hub.claim();
    hub.database.log().take();

    hub.store.commit(
        items.stream()
            .map(
                item -> {
                  String id = item.lease().instance().id();
                  EventDelivery event = new EventDelivery(id, TestHub.event("e", "1"), null);
                  return TestHub.delivering(item, List.of(event));
                })
            .toList());
    assertThat(hub.database.log().take()).as("targets, locks, writes").hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void onPostgresqlChildrenAreTerminatedForAllCommitsTogether(int count) {
    TestHub hub = new TestHub(Dialect.POSTGRESQL);
    for (int i = 0; i < count; i++) {
      hub.create("order-" + i);
    }
    hub.store.commit(hub.claim().stream().map(item -> TestHub.calling(item, "child-of-")).toList());
    for (int i = 0; i < count; i++) {
      hub.raise("order-" + i, "e");
    }
    List<InstanceWorkItem> items =
        hub.claim().stream()
            .filter(item -> item.lease().instance().id().startsWith("order-"))
            .toList();
    hub.database.log().take();

    hub.store.commit(items.stream().map(TestHub::ending).toList());
    assertThat(hub.database.log().take())
        .as("children, tasks, locks of instances, writes")
        .hasSize(4);
  }

  @Test
  void onPostgresqlClientsWithoutATransactionPayOneRoundTrip() {
    TestHub hub = new TestHub(Dialect.POSTGRESQL).create("order-1");
    StatementLog log = hub.database.log();
    log.take();

    hub.create("order-2");
    assertThat(log.take()).as("start").hasSize(1);
    hub.store.send("order-1", "e", TestHub.event("e", "1"), NOW, false);
    assertThat(log.take()).as("event").hasSize(1);
    hub.store.send("order-1", "f", TestHub.event("f", "1"), NOW, true);
    assertThat(log.take()).as("event whose id is remembered").hasSize(1);
    hub.store.sendToEntity(EntityHub.signal(EntityHub.A, "s"), NOW, true);
    log.take();
    hub.store.sendToEntity(EntityHub.signal(EntityHub.A, "t"), NOW, true);
    assertThat(log.take()).as("signal to an entity that is there").hasSize(1);
  }

  @Test
  void onPostgresqlASequentialStepIsOneRoundTrip() {
    TestHub hub = new TestHub(Dialect.POSTGRESQL).create("order-1");
    InstanceWorkItem item = hub.claim().get(0);
    EpisodeCommit first = TestHub.scheduling(item, "1");
    ActivityTask task = first.activities().get(0);
    EpisodeCommit claiming =
        first.claiming(new ClaimedTasks(Set.of(task.taskId()), NOW.plusSeconds(30)));
    hub.store.commit(List.of(claiming));
    hub.database.log().take();
    ActivityCompletion result =
        new ActivityCompletion(
            claiming.claimed(task).lease(), new TaskCompleted(task.taskId(), "2"), NOW);
    EpisodeCommit second =
        new EpisodeCommit(
                new InstanceLease(item.lease().instance(), "node-a", item.lease().version() + 1),
                first.snapshot(),
                first.appended().size() + 1,
                List.of(new EpisodeStarted(NOW), result.completion()),
                List.of(),
                List.of(),
                OpenActivities.KEPT,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                null,
                NOW)
            .answering(List.of(result));

    assertThat(hub.store.commit(List.of(second))).containsExactly(CommitOutcome.COMMITTED);
    assertThat(hub.database.log().take()).hasSize(1);

    assertThat(hub.store.commit(List.of(second))).containsExactly(CommitOutcome.FENCED);
    assertThat(hub.database.log().take())
        .as("after the try, which fails: its end, locks of instances, locks of tasks")
        .hasSize(3);
  }

  @Test
  void onDerbyEachKindOfWriteIsOneBatchAndNothingIsReadOrLockedBefore() {
    TestHub hub = new TestHub(Dialect.DERBY);
    for (int i = 0; i < 10; i++) {
      hub.create("order-" + i);
    }
    List<InstanceWorkItem> items = hub.claim();
    hub.database.log().take();

    hub.store.commit(items.stream().map(item -> TestHub.scheduling(item, "1")).toList());

    assertThat(hub.database.log().take())
        .as("savepoint, instances, consumed messages, history, tasks, end of the savepoint")
        .hasSize(6);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aListReadsNoPayloadThatNobodyAskedFor(Dialect dialect) {
    TestHub hub = new TestHub(dialect).create("order-1");
    hub.database.log().take();

    hub.store.list(InstanceQuery.all().withoutPayloads());
    assertThat(hub.database.log().take())
        .hasSize(1)
        .noneMatch(sql -> sql.matches("(?s).*(INPUT_JSON|OUTPUT_JSON|CUSTOM_STATUS).*"));

    hub.store.list(InstanceQuery.all().withPayloads(Set.of(Payload.OUTPUT)));
    assertThat(hub.database.log().take())
        .hasSize(1)
        .allMatch(sql -> sql.contains("OUTPUT_JSON"))
        .noneMatch(sql -> sql.matches("(?s).*(INPUT_JSON|CUSTOM_STATUS).*"));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void noStatementHoldsWhatTheUserGave(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    hub.database.log().take();
    String secret = "\"secret-1\"";
    hub.store.create(TestHub.instance("secret-1", secret), StartPolicy.REPLACE_FINISHED);
    hub.store.send(
        "secret-1", "secret-1-event", TestHub.event("secret-1-event", secret), NOW, false);
    InstanceWorkItem item = hub.claim().get(0);
    hub.store.commit(List.of(TestHub.scheduling(item, secret)));
    ActivityWorkItem task = hub.claimTasks().get(0);
    hub.store.renew(List.of((Lease) task.lease()), NOW.plusSeconds(60));
    hub.store.commit(List.of(TestHub.completing(task, secret)));
    hub.store.status("secret-1");
    hub.store.history("secret-1");
    hub.store.list(InstanceQuery.of(InstanceFilter.all().withInstanceIdPrefix("secret")));

    assertThat(hub.database.log().take()).noneMatch(sql -> sql.contains("secret"));
  }
}
