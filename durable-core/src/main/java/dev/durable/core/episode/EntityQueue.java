package dev.durable.core.episode;

import dev.durable.UnknownFunctionException;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EntityLockGranted;
import dev.durable.core.history.HistoryEvent.EntityLockPassedOn;
import dev.durable.core.history.HistoryEvent.EntityOperationFailed;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.HistoryEvent.EntityUnlockRequested;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.EntityOperations.Declared;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.EntityWork;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an entity in their order, sorted into those that count now and those that have to
 * wait: for the end of a lock, these are held back; for the next episode, these are left alone.
 *
 * <p>After a lock has been released, the episode takes in nothing more: what was held back has come
 * before the rest. A transactional operation is alone in its episode.
 */
final class EntityQueue {

  /**
   * How it is sorted.
   *
   * @param function null if there is no such entity here
   */
  record Rules(
      Optional<EntityFunction> function,
      UnknownFunctionException unknown,
      int maxBatch,
      boolean poisoned) {}

  private final EntityWork work;
  private final Rules rules;
  private final Instant now;
  private final List<EntityOperationRequested> operations = new ArrayList<>();
  private final List<String> consumed = new ArrayList<>();
  private final List<String> heldBack = new ArrayList<>();
  private final List<Message> answers = new ArrayList<>();
  private final List<EntityDelivery> toEntities = new ArrayList<>();
  private @Nullable ParentTask lockedBy;
  private boolean transactional;
  private boolean bringsBack;
  private boolean unrunnable;
  private int dropped;

  EntityQueue(InstanceWorkItem item, EntityWork work, Rules rules, Instant now) {
    this.work = work;
    this.rules = rules;
    this.now = now;
    this.lockedBy = work.lockedBy();
    releaseIfOver(item);
    for (Message message : InboxMessage.inOrder(item.inbox())) {
      if (bringsBack || !takes(message)) {
        break;
      }
    }
    if (unrunnable && consumed.isEmpty() && heldBack.isEmpty()) {
      throw rules.unknown();
    }
  }

  /**
   * The unlock of an owner that is over counts before all else, since it may lie behind something
   * that cannot be run, and others do not wait for that.
   */
  private void releaseIfOver(InstanceWorkItem item) {
    ParentTask owner = lockedBy;
    if (owner == null || !work.over().contains(owner)) {
      return;
    }
    for (InboxMessage waiting : item.inbox()) {
      Message message = waiting.message();
      if (message.event() instanceof EntityUnlockRequested unlock && unlock.owner().equals(owner)) {
        consumed.add(message.messageId());
        lockedBy = null;
        bringsBack = true;
        return;
      }
    }
  }

  /** Whether the next one may be looked at. */
  private boolean takes(Message message) {
    HistoryEvent event = message.event();
    if (event instanceof EntityOperationRequested operation) {
      return operation(message.messageId(), operation);
    }
    if (event instanceof EntityLockPassedOn request) {
      lock(message.messageId(), request);
    } else if (event instanceof EntityUnlockRequested unlock) {
      consumed.add(message.messageId());
      if (unlock.owner().equals(lockedBy)) {
        lockedBy = null;
        bringsBack = true;
      } else {
        dropped++;
      }
    } else {
      consumed.add(message.messageId());
      dropped++;
    }
    return true;
  }

  // ---- operations

  private boolean operation(String messageId, EntityOperationRequested operation) {
    if (lockedBy != null && !isOwner(operation.caller())) {
      heldBack.add(messageId);
      return true;
    }
    if (rules.function().isEmpty()) {
      refuse(messageId, operation);
      return true;
    }
    Declared declared = rules.function().get().operations().get(operation.operation());
    boolean alone = declared != null && declared.transactional();
    if (transactional
        || operations.size() == rules.maxBatch()
        || (alone && !operations.isEmpty())) {
      return false;
    }
    transactional = alone;
    operations.add(operation);
    consumed.add(messageId);
    return true;
  }

  private boolean isOwner(@Nullable ParentTask caller) {
    return caller != null
        && lockedBy != null
        && caller.instance().equals(lockedBy.instance())
        && caller.execution() == lockedBy.execution();
  }

  /** A caller is told; a signal, which nobody would miss, waits for code that can run it. */
  private void refuse(String messageId, EntityOperationRequested operation) {
    if (operation.caller() == null) {
      unrunnable = true;
    } else {
      answers.add(failed(operation.caller()));
      consumed.add(messageId);
    }
  }

  private Message failed(ParentTask caller) {
    return Message.answer(
        caller, new EntityOperationFailed(caller.taskId(), Failures.of(rules.unknown())), now);
  }

  // ---- locks

  private void lock(String messageId, EntityLockPassedOn request) {
    ParentTask owner = request.owner();
    if (work.over().contains(owner) || owner.equals(lockedBy)) {
      consumed.add(messageId);
      dropped++;
    } else if (lockedBy != null) {
      heldBack.add(messageId);
    } else if (rules.function().isEmpty()) {
      consumed.add(messageId);
      answers.add(failed(owner));
    } else {
      consumed.add(messageId);
      lockedBy = owner;
      passOn(request);
    }
  }

  private void passOn(EntityLockPassedOn request) {
    int next = request.place() + 1;
    if (next == request.entityIds().size()) {
      answers.add(
          Message.answer(request.owner(), new EntityLockGranted(request.owner().taskId()), now));
    } else {
      toEntities.add(
          new EntityDelivery(
              request.entityIds().get(next),
              EntityDelivery.lockId(request.owner()),
              new EntityLockPassedOn(request.owner(), request.entityIds(), next),
              now));
    }
  }

  // ---- what it comes to

  List<EntityOperationRequested> operations() {
    return operations;
  }

  boolean isTransactional() {
    return transactional;
  }

  /** Whether its only operation must not be begun again. */
  boolean isPoisoned() {
    return rules.poisoned();
  }

  List<String> consumed() {
    return consumed;
  }

  List<String> heldBack() {
    return heldBack;
  }

  List<Message> answers() {
    return answers;
  }

  List<EntityDelivery> toEntities() {
    return toEntities;
  }

  @Nullable ParentTask lockedBy() {
    return lockedBy;
  }

  boolean bringsBack() {
    return bringsBack;
  }

  int dropped() {
    return dropped;
  }
}
