package dev.durable.jpa;

import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.InstanceClaim;
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

  /** Leases due instances; their keys in no particular order. */
  List<Long> claimInstances(Hub hub, InstanceClaim claim);

  /** Leases due tasks, limits left aside; as they are now, in no particular order. */
  List<ActivityTaskRow> claimActivities(Hub hub, ActivityClaim claim);
}
