package dev.durable.core.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for activity tasks.
 *
 * @param claim who asks, when, and for how many
 * @param names which activities
 * @param limit what counts for that activity in the whole hub; only with {@link Names.Only}; null
 *     for no limit
 */
public record ActivityClaim(Claim claim, Names names, @Nullable HubLimit limit) {

  /** Which activities. */
  public sealed interface Names {

    /** All but these, which may be none. */
    record AllExcept(Set<String> names) implements Names {}

    /** That one. */
    record Only(String name) implements Names {}

    /** Whether it is one of them. */
    default boolean include(String name) {
      return this instanceof Only only
          ? only.name().equals(name)
          : !((AllExcept) this).names().contains(name);
    }
  }

  /** For whatever is due. */
  public static ActivityClaim any(Claim claim) {
    return new ActivityClaim(claim, new Names.AllExcept(Set.of()), null);
  }

  /** The same for whatever else the claim says. */
  public ActivityClaim with(Claim other) {
    return new ActivityClaim(other, names, limit);
  }
}
