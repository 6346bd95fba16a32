package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.Message;
import java.time.Instant;

/**
 * What clients send to entities; as with {@link Instances}, at the end of their transaction. The
 * rows of one flush are inserted in no particular order: who sends to an entity twice in one
 * transaction has to flush in between.
 */
final class EntityInboxes {

  private final Hub hub;

  EntityInboxes(Hub hub) {
    this.hub = hub;
  }

  void send(EntityDelivery delivery, Instant at, boolean once) {
    InstanceRef entity = new EntityTargets(hub).reach(delivery.entityId(), at);
    if (once && !remember(entity, delivery.messageId(), at)) {
      return;
    }
    InboxRow.Key key = new InboxRow.Key(entity.key(), delivery.messageId());
    if (hub.em().find(InboxRow.class, key) == null) {
      hub.em().persist(new InboxRow(hub.name(), delivery.to(entity)));
    }
  }

  /** In a transaction of its own: at once. */
  void sendAtOnce(EntityDelivery delivery, Instant at, boolean once) {
    Message message = delivery.to(new InstanceRef(delivery.entityId(), 0));
    Sending.Target lasting =
        new Sending.Target(hub, delivery.entityId(), Neighbours.freshSince(at));
    Sending sending = hub.dialect().sending();
    if (sending.send(lasting, message, once ? at : null) == null) {
      new EntityTargets(hub).reach(delivery.entityId(), at);
      Sending.Target any = new Sending.Target(hub, delivery.entityId(), Long.MIN_VALUE);
      sending.send(any, message, once ? at : null);
    }
  }

  /** Whether an id was not known before. */
  private boolean remember(InstanceRef entity, String messageId, Instant at) {
    EventIdRow.Key key = new EventIdRow.Key(entity.key(), messageId);
    if (hub.em().find(EventIdRow.class, key) != null) {
      return false;
    }
    hub.em().persist(new EventIdRow(key, at));
    return true;
  }
}
