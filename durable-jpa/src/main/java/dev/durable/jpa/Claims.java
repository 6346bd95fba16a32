package dev.durable.jpa;

import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.InstanceClaim;
import dev.durable.jpa.RowLocks.HistoryPart;
import java.util.List;

/**
 * How work is claimed, which each database does in its own way.
 *
 * <p>A claim looks at a window of the oldest visible messages whose instances are free. Several
 * messages of one instance count as one, so a window may hold fewer instances than were asked for;
 * the next claim finds the others, as those are leased by then.
 */
interface Claims {

  /** How many of the oldest messages are looked at for each instance that may be claimed. */
  int WINDOW = 20;

  /** Messages, and events of histories. */
  record Contents(List<InboxRow> messages, List<HistoryRow> events) {}

  /** Leases due instances; as they are now, in no particular order. */
  List<ClaimedInstance> claimInstances(Hub hub, InstanceClaim claim);

  /**
   * Reads what belongs to instances that are leased.
   *
   * @param keys of those whose deliverable messages are wanted; at most {@code max} of all together
   * @param now by which messages are visible
   * @param parts of histories, each in order
   */
  Contents contents(Hub hub, List<Long> keys, long now, int max, List<HistoryPart> parts);

  /** Leases due tasks, limits left aside; as they are now, in no particular order. */
  List<ActivityTaskRow> claimActivities(Hub hub, ActivityClaim claim);
}
