package dev.durable.jpa;

import dev.durable.core.history.HistoryEvent.EntityLockPassedOn;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.EntityWork;
import dev.durable.core.store.InstanceWorkItem;
import jakarta.persistence.FlushModeType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What only entities have of claimed instances, read for all of them together; nothing is read if
 * there are none.
 */
final class EntityWorks {

  private final Hub hub;
  private final Map<Long, ParentTask> locks;
  private final Map<Long, String> largeStates;

  private EntityWorks(Hub hub, Map<Long, ParentTask> locks, Map<Long, String> largeStates) {
    this.hub = hub;
    this.locks = locks;
    this.largeStates = largeStates;
  }

  static EntityWorks read(Hub hub, List<ClaimedInstance> instances) {
    List<ClaimedInstance> entities = instances.stream().filter(ClaimedInstance::isEntity).toList();
    return new EntityWorks(
        hub,
        new Locks(hub).of(keys(entities.stream())),
        largeStates(
            hub,
            keys(entities.stream().filter(entity -> entity.statePlace() == InstanceRow.APART))));
  }

  private static List<Long> keys(Stream<ClaimedInstance> instances) {
    return instances.map(ClaimedInstance::key).toList();
  }

  private static Map<Long, String> largeStates(Hub hub, List<Long> keys) {
    Map<Long, String> states = new HashMap<>();
    for (List<Long> portion : hub.portions(keys)) {
      hub.em()
          .createQuery(
              """
              SELECT p.instanceKey, p.payload FROM PayloadRow p
              WHERE p.instanceKey IN :keys AND p.purpose = :state""",
              Object[].class)
          .setFlushMode(FlushModeType.COMMIT)
          .setParameter("keys", portion)
          .setParameter("state", PayloadRow.STATE)
          .getResultList()
          .forEach(row -> states.put((Long) row[0], (String) row[1]));
    }
    return states;
  }

  /**
   * That of an instance; null for an orchestration.
   *
   * @throws UnreadableRowException if its state is not where it is said to be
   */
  @Nullable EntityWork of(ClaimedInstance instance) {
    if (!instance.isEntity()) {
      return null;
    }
    long key = instance.key();
    return new EntityWork(
        state(key, instance.statePlace(), instance.state(), largeStates.get(key)),
        locks.get(key),
        Set.of());
  }

  /**
   * The state of an entity.
   *
   * @throws UnreadableRowException if it is not where it is said to be
   */
  static @Nullable String state(
      Object instanceKey, int place, @Nullable String inRow, @Nullable String apart) {
    if (place == InstanceRow.NOWHERE) {
      return null;
    }
    String state = place == InstanceRow.APART ? apart : inRow;
    if (state == null) {
      throw UnreadableRowException.damaged(
          "DURABLE_INSTANCE (" + instanceKey + ")", "state", new IllegalStateException("no state"));
    }
    return state;
  }

  /** The same items; those that are locked, or asked for a lock, know for whom in vain. */
  List<InstanceWorkItem> withThoseOver(List<InstanceWorkItem> items) {
    Set<ParentTask> asking = new HashSet<>();
    items.forEach(item -> owners(item).forEach(asking::add));
    if (asking.isEmpty()) {
      return items;
    }
    Set<ParentTask> over = new Locks(hub).over(asking);
    return items.stream().map(item -> withOver(item, over)).toList();
  }

  private static Stream<ParentTask> owners(InstanceWorkItem item) {
    ParentTask holder = item.entity() == null ? null : item.entity().lockedBy();
    return Stream.concat(
        Stream.ofNullable(holder),
        item.inbox().stream()
            .map(m -> m.message().event())
            .filter(EntityLockPassedOn.class::isInstance)
            .map(request -> ((EntityLockPassedOn) request).owner()));
  }

  private static InstanceWorkItem withOver(InstanceWorkItem item, Set<ParentTask> over) {
    EntityWork work = item.entity();
    if (work == null) {
      return item;
    }
    Set<ParentTask> ofItem = new HashSet<>(owners(item).toList());
    ofItem.retainAll(over);
    return new InstanceWorkItem(
        item.lease(),
        item.execution(),
        item.history(),
        item.inbox(),
        item.attempt(),
        new EntityWork(work.state(), work.lockedBy(), Set.copyOf(ofItem)));
  }
}
