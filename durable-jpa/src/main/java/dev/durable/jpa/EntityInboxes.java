package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
    if (!sendIfReachable(delivery, at, once)) {
      new EntityTargets(hub).reach(delivery.entityId(), at);
      send(delivery, Long.MIN_VALUE, once ? at : null);
    }
  }

  /**
   * At once, if the entity is there and will not be removed soon.
   *
   * @return whether it is; otherwise nothing is written
   */
  boolean sendIfReachable(EntityDelivery delivery, Instant at, boolean once) {
    return send(delivery, Neighbours.freshSince(at), once ? at : null);
  }

  private boolean send(EntityDelivery delivery, long emptySince, @Nullable Instant rememberAt) {
    Message message = delivery.to(new InstanceRef(delivery.entityId(), 0));
    Sending.Target target = new Sending.Target(hub, delivery.entityId(), emptySince);
    return hub.dialect().sending().send(target, message, rememberAt) != null;
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
