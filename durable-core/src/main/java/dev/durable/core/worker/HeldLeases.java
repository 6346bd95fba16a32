package dev.durable.core.worker;

import dev.durable.core.store.Lease;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The leases of work that is in this node's hands, and when they end: never later than the store
 * has it, since the clock is read before the claim, or the renewal, is sent. Thread-safe.
 */
final class HeldLeases {

  /** How far the work is. */
  enum Stage {
    CLAIMED,
    BEGUN,
    /** Its result is with the store; what counts now is the fence. */
    HANDED_OVER
  }

  private record Held(Stage stage, Instant end) {}

  private final InstantSource clock;
  private final Map<Lease, Held> held = new HashMap<>();

  /** Those given up since the last renewal: one that is under way may renew them all the same. */
  private final Set<Lease> givenUp = new HashSet<>();

  HeldLeases(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void add(Lease lease, Instant end) {
    held.put(lease, new Held(Stage.CLAIMED, end));
  }

  /**
   * User code is about to run. Whether it may: not if the work was given back, or lost, or if its
   * lease has ended, as it may have where a whole process stood still.
   */
  synchronized boolean begin(Lease lease) {
    Held found = held.get(lease);
    if (found == null || found.stage() != Stage.CLAIMED || hasEnded(found)) {
      return false;
    }
    held.put(lease, new Held(Stage.BEGUN, found.end()));
    return true;
  }

  /** Its result is about to be stored. */
  synchronized void handOver(Lease lease) {
    held.computeIfPresent(lease, (key, found) -> new Held(Stage.HANDED_OVER, found.end()));
  }

  synchronized boolean holds(Lease lease) {
    return held.containsKey(lease);
  }

  /** How far the work was; empty if it was not held. */
  synchronized Optional<Stage> remove(Lease lease) {
    return Optional.ofNullable(held.remove(lease)).map(Held::stage);
  }

  /** Takes it out if its work was not begun before its end. Returns whether it did. */
  synchronized boolean giveUpUnbegun(Lease lease) {
    Held found = held.get(lease);
    return found != null
        && found.stage() == Stage.CLAIMED
        && hasEnded(found)
        && held.remove(lease, found);
  }

  /** Takes out what has not begun, so that it never begins here. */
  synchronized List<Lease> removeUnbegun() {
    return removeIf(found -> found.stage() == Stage.CLAIMED);
  }

  /** Takes out what ends until then, except what is with the store. */
  synchronized List<Lease> giveUpEnding(Instant until) {
    List<Lease> ending =
        removeIf(found -> found.stage() != Stage.HANDED_OVER && !found.end().isAfter(until));
    givenUp.addAll(ending);
    return ending;
  }

  private List<Lease> removeIf(Predicate<Held> condition) {
    List<Lease> removed = new ArrayList<>();
    held.forEach(
        (lease, found) -> {
          if (condition.test(found)) {
            removed.add(lease);
          }
        });
    removed.forEach(held::remove);
    return removed;
  }

  /**
   * The store has renewed these until then.
   *
   * @return those of them that were given up meanwhile
   */
  synchronized List<Lease> renewed(Collection<Lease> leases, Instant end) {
    List<Lease> inVain = leases.stream().filter(givenUp::contains).toList();
    givenUp.clear();
    for (Lease lease : leases) {
      held.computeIfPresent(lease, (key, found) -> new Held(found.stage(), end));
    }
    return inVain;
  }

  private boolean hasEnded(Held found) {
    return !clock.instant().isBefore(found.end());
  }

  /** All that have not ended. */
  synchronized List<Lease> standing() {
    return held.entrySet().stream()
        .filter(entry -> !hasEnded(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** All of them now. */
  synchronized List<Lease> all() {
    return List.copyOf(held.keySet());
  }

  /** How many. */
  synchronized int count() {
    return held.size();
  }
}
