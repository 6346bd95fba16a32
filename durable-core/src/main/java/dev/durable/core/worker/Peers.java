package dev.durable.core.worker;

import dev.durable.core.store.FunctionKey;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.TaskHubStore;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** What this node knows of the others, and therefore does not claim, or not at once. */
record Peers(Neighbours neighbours, Refusals refusals, OwnPartitions partitions) {

  /** What this node knows before its first heartbeat: nothing. */
  static Peers of(
      String self,
      TaskHubStore store,
      TaskHubOptions options,
      NodeProfile profile,
      TaskHubListener listener) {
    Neighbours neighbours = new Neighbours(self, options.leaseTimeout(), store, listener);
    return new Peers(
        neighbours,
        new Refusals(neighbours, options.retryDelay(1), listener),
        new OwnPartitions(self, profile.affinityGrace()));
  }

  /** The claim without what is left to others, with what this node prefers. */
  InstanceClaim narrowed(InstanceClaim claim) {
    Instant now = claim.claim().now();
    Set<FunctionKey> excluded =
        refusals.instances(now).stream()
            .filter(code -> claim.kinds().contains(code.kind()))
            .collect(Collectors.toUnmodifiableSet());
    return claim.excluding(excluded).preferring(partitions.affinity(now));
  }

  /** The activities that are left to others. */
  Set<String> refusedActivities(Instant now) {
    return refusals.activities(now);
  }
}
