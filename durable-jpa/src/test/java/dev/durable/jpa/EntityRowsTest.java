package dev.durable.jpa;

import static dev.durable.jpa.EntityHub.A;
import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.EntityQuery;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.EntityUnlockRequested;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of entities, also such as nobody but a human can make. */
class EntityRowsTest {

  private static final String LARGE = "\"" + "x".repeat(EntityWrite.MAX_IN_ROW) + "\"";

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void anEntityWithTwoHoldersCannotBeStored(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    String insert =
        "INSERT INTO DURABLE_LOCK (INSTANCE_KEY, TASK_HUB, INSTANCE_ID, OWNER_KEY, OWNER_ID,"
            + " OWNER_EXECUTION, OWNER_TASK_ID, LOCKED_AT) VALUES (-1, '"
            + hub.name
            + "', '@a@b', 7, 'order', 1, 1, 0)";
    hub.database.run("DELETE FROM DURABLE_LOCK WHERE INSTANCE_KEY = -1", insert);

    assertThatThrownBy(() -> hub.database.run(insert.replace("7", "8")))
        .hasMessageContaining("duplicate key value");
    hub.database.run("DELETE FROM DURABLE_LOCK WHERE INSTANCE_KEY = -1");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aLockWhoseOwnerWasDeletedByHandIsReleasedByACleanUp(Dialect dialect) {
    TestHub hub = new TestHub(dialect).create("order-1");
    InstanceWorkItem order = hub.claim().get(0);
    ParentTask owner = EntityHub.task(order);
    hub.store.sendToEntity(EntityHub.lock(A, owner), NOW, false);
    hub.store.commit(List.of(EntityHub.batch(EntityHub.claim(hub, A), "1", owner, List.of())));
    hub.database.run("DELETE FROM DURABLE_INSTANCE WHERE INSTANCE_KEY = " + owner.instance().key());

    assertThat(new TestHub(dialect).store.cleanUpEntities(NOW, NOW, 10).releasedLocks())
        .as("of another hub")
        .isZero();
    assertThat(hub.store.cleanUpEntities(NOW, NOW, 10).releasedLocks()).isOne();

    InstanceWorkItem item = EntityHub.claim(hub, A);
    assertThat(item.inbox())
        .extracting(m -> m.message().event())
        .containsExactly(new EntityUnlockRequested(owner));
    hub.store.commit(List.of(EntityHub.batch(item, "1", null, List.of())));
    assertThat(hub.database.count("DURABLE_LOCK", item.lease().instance().key())).isZero();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void anEntityWhoseStateIsGoneIsBlockedAndLeftOutOfLists(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    EntityHub.create(hub, A, LARGE);
    EntityHub.create(hub, "@counter@b", "1");
    hub.store.sendToEntity(EntityHub.signal(A, "s1"), NOW, false);
    hub.store.sendToEntity(EntityHub.signal("@counter@b", "s1"), NOW, false);
    hub.database.run(
        "DELETE FROM DURABLE_PAYLOAD WHERE INSTANCE_KEY = (SELECT INSTANCE_KEY FROM"
            + " DURABLE_INSTANCE WHERE INSTANCE_ID = '@counter@a' AND TASK_HUB = '"
            + hub.name
            + "')");

    assertThat(TestHub.ids(hub.claim())).containsExactly("@counter@b");

    assertThat(hub.store.listEntities(EntityQuery.all()).entities()).hasSize(1);
    assertThat(
            hub.store.listEntities(EntityQuery.all().withoutStates()).entities().get(0).failure())
        .isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void nothingIsLeftOfAnEntityThatIsRemoved(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    hub.store.sendToEntity(EntityHub.signal(A, "s1"), NOW, true);
    InstanceWorkItem item = hub.claim().get(0);
    hub.store.commit(List.of(EntityHub.running(item, LARGE)));
    hub.store.sendToEntity(EntityHub.signal(A, "s2"), NOW, true);
    hub.store.commit(List.of(EntityHub.running(hub.claim().get(0), null)));
    Instant later = NOW.plus(TaskHubStore.EVENT_ID_RETENTION).plusSeconds(1);

    assertThat(hub.store.cleanUpEntities(NOW.plusMillis(1), later, 10).removed()).isOne();

    for (String table :
        List.of(
            "DURABLE_INSTANCE",
            "DURABLE_INBOX",
            "DURABLE_EVENT_ID",
            "DURABLE_PAYLOAD",
            "DURABLE_LOCK")) {
      assertThat(hub.database.count(table, item.lease().instance().key())).as(table).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void hubsInOneDatabaseDoNotSeeEachOthersEntities(Dialect dialect) {
    TestHub one = new TestHub(dialect);
    TestHub two = new TestHub(dialect);
    EntityHub.create(one, A, null);
    Instant later = NOW.plus(TaskHubStore.EMPTY_ENTITY_GRACE).plusSeconds(1);

    assertThat(two.store.entity(EntityDelivery.entity(A))).isEmpty();
    assertThat(two.store.listEntities(EntityQuery.all()).entities()).isEmpty();
    assertThat(two.store.cleanUpEntities(NOW.plusMillis(1), later, 10).removed()).isZero();
    EntityHub.create(two, A, "2");
    assertThat(one.store.entity(EntityDelivery.entity(A)).orElseThrow().state()).isNull();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aMessageToAnEntityMayHaveAnyTextAsItsId(Dialect dialect) {
    TestHub hub = new TestHub(dialect).create("order-1");
    EntityHub.create(hub, A, "1");
    List<String> ids = List.of("NULL", "a,b", "{c}", "\"d\"", "\\e\\\\", "'f'", "g h", "ä€");

    hub.store.commit(
        List.of(
            EntityHub.sending(
                hub.claim().get(0), ids.stream().map(id -> EntityHub.signal(A, id)).toList())));
    hub.raise("order-1", "again");
    hub.store.commit(
        List.of(
            EntityHub.sending(
                EntityHub.claim(hub, "order-1"),
                ids.stream().map(id -> EntityHub.signal(A, id)).toList())));

    assertThat(TestHub.messageIds(EntityHub.claim(hub, A))).isEqualTo(ids);
    hub.store.terminateNow("order-1", new ExecutionTerminated("enough"), NOW);
    assertThat(hub.store.status("order-1").orElseThrow().runtimeStatus())
        .isEqualTo(RuntimeStatus.TERMINATED);
  }
}
