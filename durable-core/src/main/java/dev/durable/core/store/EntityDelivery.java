package dev.durable.core.store;

import dev.durable.EntityId;
import dev.durable.core.history.HistoryEvent.EntityMessage;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import java.time.Instant;

/**
 * A message to an entity. The store puts it into the entity's inbox, and creates the entity if it
 * is the first one.
 *
 * @param entityId as {@link #instanceId}
 * @param messageId as {@link Message#messageId()}
 * @param event what it says
 * @param visibleAt from when on it may be delivered, by the database's clock
 */
public record EntityDelivery(
    String entityId, String messageId, EntityMessage event, Instant visibleAt) {

  /** The id of an entity's instance: no other instance has one that begins so. */
  public static String instanceId(EntityId entity) {
    return "@" + entity;
  }

  /** Whether an instance of that id is an entity. */
  public static boolean isEntity(String instanceId) {
    return instanceId.startsWith("@");
  }

  /** The entity of an instance of that id. */
  public static EntityId entity(String instanceId) {
    return EntityId.parse(instanceId.substring(1));
  }

  /** The id of the message that calls or signals on behalf of a task. */
  public static String operationId(ParentTask sender) {
    return "op:" + text(sender);
  }

  /** The id of the message that asks for a lock. */
  public static String lockId(ParentTask owner) {
    return "lock:" + text(owner);
  }

  /** The id of the message that releases a lock. */
  public static String unlockId(ParentTask owner) {
    return "unlock:" + text(owner);
  }

  private static String text(ParentTask task) {
    return task.instance().key() + ":" + task.execution() + ":" + task.taskId();
  }

  /** The message to that entity. */
  public Message to(InstanceRef entity) {
    boolean scheduled = event instanceof EntityOperationRequested signal && signal.scheduled();
    return new Message(
        entity,
        messageId,
        Message.ANY_EXECUTION,
        event,
        visibleAt,
        scheduled ? 0 : Message.AT_ONCE);
  }
}
