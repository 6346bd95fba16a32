package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.EntityId;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.store.EntityDelivery;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one sender sends to an entity arrives in its order. */
class EntityOrderTest {

  private static final String COUNTER = EntityDelivery.instanceId(new EntityId("counter", "a"));

  private static EntityDelivery signal(String id, Instant visibleAt, boolean scheduled) {
    return new EntityDelivery(
        COUNTER, id, new EntityOperationRequested("add", "1", null, scheduled), visibleAt);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void signalsOfOneTransactionKeepTheirOrderIfFlushedOneByOne(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    hub.database.inTransaction(
        em -> {
          JpaTaskHubStore store = new JpaTaskHubStore(em, hub.database.dialect(), hub.name);
          store.create(TestHub.instance("order-1", "1"), StartPolicy.REJECT);
          if (!store.isReachable(COUNTER, NOW)) {
            hub.store.prepareEntity(COUNTER, NOW);
          }
          for (String id : List.of("z", "m", "a", "k", "b")) {
            store.sendToEntity(signal(id, NOW, false), NOW, true);
            em.flush();
          }
          return null;
        });

    assertThat(TestHub.messageIds(hub.claim().get(0))).containsExactly("z", "m", "a", "k", "b");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aSignalIsNotOvertakenBecauseTheClockOfItsSenderIsAhead(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    hub.store.sendToEntity(signal("later", NOW.plusSeconds(9), true), NOW, false);
    hub.store.sendToEntity(signal("first", NOW.plusMillis(5), false), NOW, false);
    hub.store.sendToEntity(signal("second", NOW, false), NOW, false);

    assertThat(TestHub.messageIds(hub.claim().get(0))).containsExactly("first", "second");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void signalsOfOneTransactionToSeveralEntitiesAreWrittenAtItsEnd(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    hub.store.prepareEntity(COUNTER, NOW);
    hub.store.prepareEntity(COUNTER + "2", NOW);
    hub.database.inTransaction(
        em -> {
          JpaTaskHubStore store = new JpaTaskHubStore(em, hub.database.dialect(), hub.name);
          hub.database.log().take();
          store.sendToEntity(signal("a", NOW, false), NOW, false);
          store.sendToEntity(
              new EntityDelivery(COUNTER + "2", "b", signal("b", NOW, false).event(), NOW),
              NOW,
              false);

          assertThat(hub.database.log().take()).noneMatch(sql -> sql.startsWith("INSERT"));
          return null;
        });

    assertThat(hub.claim()).hasSize(2);
  }
}
