package dev.durable.core.replay;

import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.EntityLockException;
import dev.durable.TaskFailedException;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EntityOperationSignaled;
import dev.durable.core.spi.Names;
import dev.durable.core.spi.Payloads;
import dev.durable.core.store.EntityDelivery;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls, signals and locks of entities, and the rules of critical sections. */
final class Entities {

  /** How many entities one lock may have. */
  static final int MAX_LOCKED = 100;

  private final ReplayRun run;
  private final Payloads payloads;
  private @Nullable CriticalSection section;

  /** The last call of each locked entity. */
  private final Map<EntityId, DurableTask<?>> calls = new HashMap<>();

  Entities(ReplayRun run, Payloads payloads) {
    this.run = run;
    this.payloads = payloads;
  }

  <R extends @Nullable Object> DurableTask<R> call(
      EntityId entity, String operation, @Nullable Object input, Type resultType) {
    run.ensureUsable();
    Names.checkOperation(operation);
    checkCall(entity);
    String json = payloads.write(input, input(entity, operation));
    DurableTask<R> task =
        run.open()
            .call(
                new EntityOperationCalled(
                    run.open().nextTaskId(), EntityDelivery.instanceId(entity), operation, json),
                resultType);
    if (section != null) {
      calls.put(entity, task);
    }
    return task;
  }

  private static String input(EntityId entity, String operation) {
    return "the input of operation " + operation + " of entity " + entity;
  }

  private void checkCall(EntityId entity) {
    CriticalSection within = section;
    if (within == null) {
      return;
    }
    if (!within.entities().contains(entity)) {
      throw new EntityLockException(
          "The entity "
              + entity
              + " is not part of the critical section "
              + within.entities()
              + ", in which only its own entities may be called. Lock it together with them, or call it outside.");
    }
    DurableTask<?> before = calls.get(entity);
    if (before != null && !before.isDone()) {
      throw new EntityLockException(
          "An operation of the entity "
              + entity
              + " is still waited for. In a critical section each entity is called once at a time: await the one before.");
    }
  }

  void signal(EntityId entity, String operation, @Nullable Object input, @Nullable Instant at) {
    run.ensureUsable();
    Names.checkOperation(operation);
    if (section != null && section.entities().contains(entity)) {
      throw new EntityLockException(
          "The entity "
              + entity
              + " is part of the critical section that the code is in; the signal would wait for its end. Call it, or signal it afterwards.");
    }
    Instant storable = at == null ? null : Names.checkSignalTime(at, run.now());
    String json = payloads.write(input, input(entity, operation));
    run.open()
        .signal(
            new EntityOperationSignaled(
                run.open().nextTaskId(),
                EntityDelivery.instanceId(entity),
                operation,
                json,
                storable));
  }

  EntityLock lock(List<EntityId> wanted) {
    run.ensureUsable();
    if (section != null) {
      throw new EntityLockException(
          "The code is in the critical section "
              + section.entities()
              + " already. Critical sections cannot be nested: lock all that is needed at once.");
    }
    List<EntityId> entities = wanted.stream().distinct().sorted().toList();
    if (entities.isEmpty() || entities.size() > MAX_LOCKED) {
      throw new IllegalArgumentException(
          "A lock of "
              + entities.size()
              + " entities is not possible; allowed: 1 to "
              + MAX_LOCKED);
    }
    int taskId = run.open().nextTaskId();
    CriticalSection asked = new CriticalSection(run, this, taskId, entities);
    DurableTask<@Nullable Void> granted =
        run.open()
            .lock(
                new EntityLockRequested(
                    taskId, entities.stream().map(EntityDelivery::instanceId).toList()));
    try {
      granted.await();
    } catch (TaskFailedException refused) {
      asked.release(); // those that were locked before the one that refused
      throw refused;
    }
    section = asked;
    calls.clear();
    return asked;
  }

  boolean isIn(CriticalSection other) {
    return section == other;
  }

  void leave(CriticalSection left) {
    if (section == left) {
      section = null;
    }
  }

  /** Empty outside of critical sections. */
  List<EntityId> locked() {
    run.ensureUsable();
    return section == null ? List.of() : section.entities();
  }

  /** A child could want what its parent has locked, and would wait for ever. */
  void checkSubOrchestration() {
    if (section != null) {
      throw new EntityLockException(
          "A sub-orchestration cannot be called in the critical section "
              + section.entities()
              + ": it could wait for what is locked. Call it before or afterwards.");
    }
  }
}
