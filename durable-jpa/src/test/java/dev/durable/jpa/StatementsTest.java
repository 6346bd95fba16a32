package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.InstanceFilter;
import dev.durable.InstanceQuery;
import dev.durable.InstanceQuery.Payload;
import dev.durable.StartPolicy;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.EventDelivery;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import java.util.List;
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
    assertThat(log.take()).as("claim of instances").hasSize(4);

    hub.store.renew(items.stream().map(InstanceWorkItem::lease).toList(), NOW.plusSeconds(60));
    assertThat(log.take()).as("renewal").hasSize(2);

    hub.store.commit(items.stream().map(item -> TestHub.scheduling(item, "1")).toList());
    assertThat(log.take()).as("commit of episodes").hasSize(5);

    List<ActivityWorkItem> tasks = hub.claimTasks();
    assertThat(tasks).hasSize(count);
    assertThat(log.take()).as("claim of activities").hasSize(1);

    hub.store.commit(tasks.stream().map(task -> TestHub.completing(task, "1")).toList());
    assertThat(log.take()).as("commit of completions").hasSize(3);
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
    assertThat(hub.database.log().take()).hasSize(7);
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
    assertThat(hub.database.log().take()).hasSize(9);
  }

  @Test
  void onDerbyWritesAreBatchedAndOnlyLocksAndReadsAreSingle() {
    TestHub hub = new TestHub(Dialect.DERBY);
    for (int i = 0; i < 10; i++) {
      hub.create("order-" + i);
    }
    List<InstanceWorkItem> items = hub.claim();
    hub.database.log().take();

    hub.store.commit(items.stream().map(item -> TestHub.scheduling(item, "1")).toList());

    assertThat(hub.database.log().take())
        .hasSize(24)
        .filteredOn(sql -> !sql.startsWith("SELECT") && !sql.contains("ATTEMPT = ATTEMPT"))
        .hasSize(4);
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
