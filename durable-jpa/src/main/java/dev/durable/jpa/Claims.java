package dev.durable.jpa;

import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Message;
import dev.durable.jpa.Held.HeldInstance;
import dev.durable.jpa.Held.HeldTask;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * How rows are claimed and locked: the only statements about them that differ from database to
 * database.
 *
 * <p>A claim looks at a window of the oldest visible messages whose instances are free. Several
 * messages of one instance count as one, so a window may hold fewer instances than were asked for;
 * the next claim finds the others, as those are leased by then.
 */
interface Claims {

  /** The unique key of a message. */
  record Address(long instanceKey, String messageId) {
    static Address of(Message message) {
      return new Address(message.target().key(), message.messageId());
    }
  }

  /** How many of the oldest messages are looked at for each instance that may be claimed. */
  int WINDOW = 20;

  /** Leases due instances; their keys in no particular order. */
  List<Long> claimInstances(Hub hub, Claim claim);

  /** Leases due tasks; as they are now, in no particular order. */
  List<ActivityTaskRow> claimActivities(Hub hub, Claim claim);

  /**
   * Locks finished instances, the oldest first, of those that the filter means: those that nobody
   * else has locked, where the database can tell.
   *
   * @return their keys
   */
  List<Long> holdFinished(Hub hub, FilterText filter, int max);

  /**
   * Which instances exist, and which messages lie in their inboxes. Waits for nobody, since who
   * asks has locks already; so it may see what is not committed yet.
   *
   * @return instance key and message id, or null in its place
   */
  List<Object[]> inboxes(Hub hub, List<Address> messages);

  /**
   * Creates entities that are not there, in the order of their ids. Whoever else creates one of
   * them at the same moment is waited for, and then it is that one.
   *
   * @param ids with the time of creation
   */
  void createEntities(Hub hub, SortedMap<String, Instant> ids);

  /**
   * Entities that may be removed: without state, lock and messages, and not updated since that
   * time; locked, and passed over where others have locked them, if the database can do that. What
   * they have must be looked at again.
   */
  SortedSet<Long> holdEmptyEntities(Hub hub, long emptySince, int max);

  /**
   * Of these tasks those whose execution goes on, as far as can be seen without waiting for
   * anybody; what is not committed yet may be seen.
   */
  default Collection<ParentTask> seenRunning(Hub hub, Collection<ParentTask> tasks) {
    return List.of();
  }

  /** The keys of ids that are remembered for entities since before that time. */
  List<Object[]> forgettableIds(Hub hub, long before, int max);

  /** Locks instances in the order of their keys, waiting for whoever has them. */
  Map<Long, HeldInstance> holdInstances(Hub hub, SortedSet<Long> keys);

  /** Locks tasks in the order of their keys, waiting for whoever has them. */
  Map<TaskKey, HeldTask> holdTasks(Hub hub, SortedSet<TaskKey> keys);
}
