package dev.durable.jpa;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Message;
import dev.durable.jpa.Held.HeldInstance;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Terminations that go on from parents to children. The children are looked up before anything is
 * locked, and then locked together with the parents in the order of keys. No child is missed: while
 * a parent's version stands, nobody gives it another one.
 */
final class Cascade {

  private final Batch batch;
  private final Outbox outbox;

  Cascade(Batch batch, Outbox outbox) {
    this.batch = batch;
    this.outbox = outbox;
  }

  /** The keys of the children that have not finished. */
  static SortedSet<Long> unfinished(Hub hub, Collection<InstanceRef> parents) {
    SortedSet<Long> children = new TreeSet<>();
    for (List<InstanceRef> portion : hub.portions(parents)) {
      children.addAll(
          hub.em()
              .createQuery(
                  """
                  SELECT i.instanceKey FROM InstanceRow i
                  WHERE i.taskHub = :hub AND i.parentInstanceId IN :ids
                    AND i.parentInstanceKey IN :keys AND i.status NOT IN :finished""",
                  Long.class)
              .setParameter("hub", hub.name())
              .setParameter("ids", portion.stream().map(InstanceRef::id).toList())
              .setParameter("keys", portion.stream().map(InstanceRef::key).toList())
              .setParameter("finished", InstanceRow.FINISHED)
              .getResultList());
    }
    return children;
  }

  /**
   * Sends a termination to the children of a parent.
   *
   * @param held all that is locked
   * @param endingNow keys of those that this transaction ends anyway
   */
  void send(
      InstanceRef parent,
      ExecutionTerminated event,
      Instant at,
      Collection<HeldInstance> held,
      Set<Long> endingNow) {
    for (HeldInstance child : held) {
      if (child.isChildOf(parent)
          && !InstanceRow.FINISHED.contains(child.statusName())
          && !endingNow.contains(child.ref().key())) {
        outbox.add(
            new Message(child.ref(), Message.CASCADE_ID, Message.ANY_EXECUTION, event, at, 0));
        if (child.statusName().equals(RuntimeStatus.BLOCKED.name())) {
          Blocks.free(batch, child.ref());
        }
      }
    }
  }
}
