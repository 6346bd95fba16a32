package dev.durable.core.store;

import java.util.EnumSet;
import java.util.Set;

/**
 * A request for instances.
 *
 * @param claim who asks, when, and for how many
 * @param kinds what they are; at least one
 * @param excluded code that the node does not have, while others do; at most 1,000
 * @param affinity which ones the node prefers
 * @param cached histories that need not be read
 */
public record InstanceClaim(
    Claim claim,
    Set<InstanceKind> kinds,
    Set<FunctionKey> excluded,
    Affinity affinity,
    CachedHistories cached) {

  /** For whatever is due. */
  public static InstanceClaim any(Claim claim) {
    return new InstanceClaim(
        claim, EnumSet.allOf(InstanceKind.class), Set.of(), Affinity.NONE, CachedHistories.none());
  }

  /** The same for instances of that kind. */
  public InstanceClaim of(InstanceKind kind) {
    return new InstanceClaim(claim, Set.of(kind), excluded, affinity, cached);
  }

  /** The same without those that need that code. */
  public InstanceClaim excluding(Set<FunctionKey> code) {
    return new InstanceClaim(claim, kinds, code, affinity, cached);
  }

  /** The same, with preferences. */
  public InstanceClaim preferring(Affinity preferred) {
    return new InstanceClaim(claim, kinds, excluded, preferred, cached);
  }

  /** The same for a node that has these histories. */
  public InstanceClaim having(CachedHistories histories) {
    return new InstanceClaim(claim, kinds, excluded, affinity, histories);
  }

  /** The same for whatever else the claim says. */
  public InstanceClaim with(Claim other) {
    return new InstanceClaim(other, kinds, excluded, affinity, cached);
  }
}
