package dev.durable.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.EntityId;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.testing.Histories;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What one sender sends to an entity arrives in its order. */
class EntityOrderTest {

  private static final Instant NOW = Histories.T0;

  private final TaskHubStore store = new InMemoryTaskHub().open();

  private void signal(String id, Instant visibleAt, boolean scheduled) {
    store.sendToEntity(
        new EntityDelivery(
            EntityDelivery.instanceId(new EntityId("counter", "a")),
            id,
            new EntityOperationRequested("add", "1", null, scheduled),
            visibleAt),
        NOW,
        false);
  }

  @Test
  void aSignalIsNotOvertakenBecauseTheClockOfItsSenderWasAhead() {
    signal("later", NOW.plusSeconds(9), true);
    signal("first", NOW.plusMillis(5), false);
    signal("second", NOW, false);

    InstanceWorkItem item =
        store
            .claimInstances(InstanceClaim.any(new Claim("node-a", NOW, NOW.plusSeconds(30), 1)))
            .get(0);

    assertThat(InboxMessage.inOrder(item.inbox()))
        .extracting(Message::messageId)
        .containsExactly("first", "second");
  }
}
