package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.jpa.Neighbours.Known;
import jakarta.persistence.FlushModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The entities that messages go to. A new one is created. One that a clean-up may remove is locked
 * by whoever sends to it, and updated, so that it is still there when the message is.
 */
final class EntityTargets {

  private final Hub hub;

  EntityTargets(Hub hub) {
    this.hub = hub;
  }

  /** Whether the entity of that id is there, and is not one that a clean-up may remove soon. */
  boolean isReachable(String entityId, Instant at) {
    Known found = lookUp(hub, List.of(entityId)).get(entityId);
    return found != null && !found.isFading(at);
  }

  /** The entity of that id, from now on. */
  InstanceRef reach(String entityId, Instant at) {
    SortedMap<String, Instant> ids = new TreeMap<>(Map.of(entityId, at));
    Map<String, Known> known = lookUp(hub, ids.keySet());
    Known found = known.get(entityId);
    boolean fades = found != null && found.isFading(at);
    return reach(
            ids,
            known::get,
            HeldRows.of(hub, List.of(), fades ? keyOf(found) : List.of(), List.of()))
        .get(entityId);
  }

  /**
   * Entities are never among what is written at the flush. Messages are: in a client's transaction
   * a flush would keep the one before locked to its end, and claims on Derby wait for that.
   */
  private static Map<String, Known> lookUp(Hub hub, Collection<String> ids) {
    return Neighbours.lookUp(hub, ids, FlushModeType.COMMIT);
  }

  private static List<Long> keyOf(Known found) {
    return List.of(found.ref().key());
  }

  /**
   * The entities of those ids.
   *
   * @param ids with the time from which on each must be there, by id: the order in which they are
   *     created, so that nobody waits in a circle
   * @param known what was there before the fence
   * @param held those of them that may be removed
   */
  Map<String, InstanceRef> reach(
      SortedMap<String, Instant> ids, Function<String, @Nullable Known> known, HeldRows held) {
    Map<String, InstanceRef> reached = new HashMap<>();
    SortedMap<String, Instant> missing = new TreeMap<>();
    ids.forEach(
        (id, at) -> {
          Known found = known.apply(id);
          if (found == null) {
            missing.put(id, at);
          } else if (!found.isFading(at)) {
            reached.put(id, found.ref());
          } else if (held.instance(found.ref().key()) == null) {
            missing.put(id, at);
          } else {
            touch(found.ref(), at);
            reached.put(id, found.ref());
          }
        });
    if (!missing.isEmpty()) {
      create(missing, reached);
    }
    return reached;
  }

  private void create(SortedMap<String, Instant> missing, Map<String, InstanceRef> reached) {
    hub.dialect().rowLocks().createEntities(hub, missing);
    Map<String, Known> created = lookUp(hub, missing.keySet());
    for (String id : missing.keySet()) {
      Known entity = created.get(id);
      if (entity == null) {
        throw new IllegalStateException(
            "The entity "
                + id
                + " was created by another transaction, which this one does not see: it must read"
                + " what is committed. Nothing was written.");
      }
      reached.put(id, entity.ref());
    }
  }

  /** Updates it if it is empty: others are not removed. */
  private void touch(InstanceRef entity, Instant at) {
    Jdbc.update(
        hub,
        """
        UPDATE DURABLE_INSTANCE SET UPDATED_AT = ?1
        WHERE INSTANCE_KEY = ?2 AND STATE_PLACE = 0 AND UPDATED_AT < ?1
          AND NOT EXISTS (SELECT 1 FROM DURABLE_INBOX m WHERE m.INSTANCE_KEY = ?2)
          AND NOT EXISTS (SELECT 1 FROM DURABLE_LOCK l WHERE l.INSTANCE_KEY = ?2)""",
        at.toEpochMilli(),
        entity.key());
  }
}
