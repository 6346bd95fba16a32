package dev.durable.jpa;

import dev.durable.core.store.NewInstance;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The sub-orchestrations of a commit: one whose id is taken is refused by a message to its parent.
 */
final class NewChildren {

  private final Hub hub;
  private final Set<String> taken = new HashSet<>();

  NewChildren(Hub hub) {
    this.hub = hub;
  }

  /** Finds out which ids are taken. */
  void lookUp(Collection<NewInstance> children) {
    for (List<String> ids : hub.portions(children.stream().map(NewInstance::instanceId).toList())) {
      taken.addAll(
          hub.em()
              .createQuery(
                  """
                  SELECT i.instanceId FROM InstanceRow i
                  WHERE i.taskHub = :hub AND i.instanceId IN :ids""",
                  String.class)
              .setParameter("hub", hub.name())
              .setParameter("ids", ids)
              .getResultList());
    }
  }

  void insert(NewInstance child, Instant at, Outbox outbox) {
    if (taken.add(child.instanceId())) {
      InstanceRow row = new InstanceRow(hub.name(), child);
      hub.em().persist(row);
      outbox.addNew(child.start(row.ref(), 1));
    } else {
      child.refusal(at).ifPresent(outbox::addNew);
    }
  }
}
