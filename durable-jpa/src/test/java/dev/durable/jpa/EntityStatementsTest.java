package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.EntityQuery;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Commit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often the database is asked about entities. A change that raises these numbers needs a
 * measurement beside it.
 */
class EntityStatementsTest {

  private static List<Commit> all(List<InstanceWorkItem> items, TestHub hub) {
    return items.stream().map(item -> (Commit) EntityHub.running(item, "2")).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void onPostgresqlTheNumberOfStatementsDependsNeitherOnEntitiesNorOnOperations(int count) {
    TestHub hub = new TestHub(Dialect.POSTGRESQL).create("caller");
    ParentTask caller = EntityHub.task(hub.claim().get(0));
    for (int i = 0; i < count; i++) {
      EntityHub.create(hub, "@counter@" + i, "1");
      for (int operation = 0; operation < count; operation++) {
        ParentTask task = new ParentTask(caller.instance(), 1, i * 100 + operation);
        hub.store.sendToEntity(EntityHub.call("@counter@" + i, "c" + operation, task), NOW, false);
      }
    }
    hub.database.log().take();

    List<InstanceWorkItem> items = hub.claim();
    assertThat(items).hasSize(count);
    assertThat(hub.database.log().take()).as("claim, inboxes, locks").hasSize(3);

    assertThat(hub.store.commit(all(items, hub))).containsOnly(CommitOutcome.COMMITTED);
    assertThat(hub.database.log().take()).as("locks, rows, writes").hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void onPostgresqlLocksCostAQueryForAllTogether(int count) {
    TestHub hub = new TestHub(Dialect.POSTGRESQL);
    List<EntityDelivery> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hub.create("order-" + i);
      EntityHub.create(hub, "@counter@" + i, "1");
    }
    List<InstanceWorkItem> owners = hub.claim();
    for (int i = 0; i < count; i++) {
      requests.add(EntityHub.lock("@counter@" + i, EntityHub.task(owners.get(i))));
    }
    requests.forEach(request -> hub.store.sendToEntity(request, NOW, false));
    hub.database.log().take();

    List<InstanceWorkItem> items = hub.claim();
    assertThat(hub.database.log().take()).as("claim, inboxes, locks, owners").hasSize(4);

    List<Commit> commits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      commits.add(EntityHub.batch(items.get(i), "1", EntityHub.task(owners.get(i)), List.of()));
    }
    assertThat(hub.store.commit(commits)).containsOnly(CommitOutcome.COMMITTED);
    assertThat(hub.database.log().take()).as("locks, rows with those of owners, writes").hasSize(3);

    assertThat(hub.store.commit(owners.stream().map(EntityHub::ending).toList()))
        .containsOnly(CommitOutcome.COMMITTED);
    assertThat(hub.database.log().take()).as("tasks, rows, entities to unlock, writes").hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 400})
  void onPostgresqlSignalsToOneEntityCostNoStatementEach(int count) {
    TestHub hub = new TestHub(Dialect.POSTGRESQL).create("order-1");
    EntityHub.create(hub, EntityHub.A, "1");
    List<EntityDelivery> signals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      signals.add(EntityHub.signal(EntityHub.A, "s" + i));
    }
    InstanceWorkItem item = hub.claim().get(0);
    hub.database.log().take();

    hub.store.commit(List.of(EntityHub.sending(item, signals)));

    assertThat(hub.database.log().take()).as("entity, row, writes").hasSize(3);
  }

  @Test
  void anOrchestrationThatSignalsOneCounterAThousandTimesIsStoredWithFewStatements() {
    TestHub hub = new TestHub(Dialect.POSTGRESQL).create("order-1");
    EntityHub.create(hub, EntityHub.A, "1");
    List<EntityDelivery> signals = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      ids.add("s" + (i * 7919 % 1_000));
      signals.add(EntityHub.signal(EntityHub.A, ids.get(i)));
    }
    InstanceWorkItem item = hub.claim().get(0);
    hub.database.log().take();

    hub.store.commit(List.of(EntityHub.sending(item, signals)));

    assertThat(hub.database.log().take()).as("entity, row, writes").hasSize(3);
    assertThat(TestHub.messageIds(hub.claim().get(0))).isEqualTo(ids);
  }

  @Test
  void onDerbySignalsToOneEntityAreInsertedByOneBatch() {
    TestHub hub = new TestHub(Dialect.DERBY).create("order-1");
    EntityHub.create(hub, EntityHub.A, "1");
    List<EntityDelivery> signals = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      signals.add(EntityHub.signal(EntityHub.A, "s" + i));
    }
    InstanceWorkItem item = hub.claim().get(0);
    hub.database.log().take();

    hub.store.commit(List.of(EntityHub.sending(item, signals)));

    assertThat(hub.database.log().take())
        .filteredOn(sql -> sql.startsWith("INSERT INTO DURABLE_INBOX"))
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aListReadsNoStateThatNobodyAskedFor(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    EntityHub.create(hub, EntityHub.A, "\"" + "x".repeat(EntityWrite.MAX_IN_ROW) + "\"");
    hub.database.log().take();

    hub.store.listEntities(EntityQuery.all().withoutStates());
    assertThat(hub.database.log().take())
        .filteredOn(sql -> !sql.contains("SET_CONFIG"))
        .hasSize(1)
        .noneMatch(sql -> sql.matches("(?s).*(DURABLE_PAYLOAD|\\.STATE\\b).*"));

    hub.store.listEntities(EntityQuery.all());
    assertThat(hub.database.log().take())
        .filteredOn(sql -> !sql.contains("SET_CONFIG"))
        .hasSize(1)
        .allMatch(sql -> sql.contains("DURABLE_PAYLOAD"));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aClaimReadsALargeStateOnlyIfThereIsOne(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    String inRow = "x".repeat(EntityWrite.MAX_IN_ROW);
    EntityHub.create(hub, EntityHub.A, inRow);
    hub.store.sendToEntity(EntityHub.signal(EntityHub.A, "s1"), NOW, false);
    hub.database.log().take();
    InstanceWorkItem item = hub.claim().get(0);
    assertThat(hub.database.log().take()).noneMatch(sql -> sql.contains("DURABLE_PAYLOAD"));

    hub.store.commit(List.of(EntityHub.running(item, inRow + "x")));
    hub.store.sendToEntity(EntityHub.signal(EntityHub.A, "s2"), NOW, false);
    hub.database.log().take();
    item = hub.claim().get(0);
    assertThat(hub.database.log().take())
        .filteredOn(sql -> sql.contains("DURABLE_PAYLOAD"))
        .hasSize(1);
    long key = item.lease().instance().key();
    assertThat(hub.database.count("DURABLE_PAYLOAD", key)).isOne();

    hub.store.commit(List.of(EntityHub.running(item, inRow)));
    assertThat(hub.database.count("DURABLE_PAYLOAD", key)).isZero();
  }
}
