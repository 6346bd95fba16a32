package dev.durable.core.worker;

import dev.durable.core.spi.Capabilities;
import dev.durable.core.store.FunctionKey;
import dev.durable.core.store.NodeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What this node leaves to others, because they have the code and it has not. It learns that by
 * claiming such work once; from then on its claims exclude it, until no other node can run it.
 * Thread-safe.
 */
final class Refusals {

  /** More than that is not excluded, but refused again and again, with a pause. */
  static final int MAX = 1_000;

  private final Neighbours neighbours;
  private final Duration pause;
  private final TaskHubListener listener;
  private final Set<FunctionKey> instances = ConcurrentHashMap.newKeySet();
  private final Set<String> activities = ConcurrentHashMap.newKeySet();

  /**
   * Among those.
   *
   * @param pause before work may be claimed again that is given back without being excluded
   */
  Refusals(Neighbours neighbours, Duration pause, TaskHubListener listener) {
    this.neighbours = neighbours;
    this.pause = pause;
    this.listener = listener;
  }

  // ---- what has been claimed

  /**
   * Whether a claimed instance is to be given back unbegun, because others can run it or nobody
   * knows whether they can.
   *
   * @return from when on it may be claimed again; empty if it is this node's business
   */
  Optional<Instant> ofInstance(FunctionKey code, Instant now) {
    return decide(
        code, instances, code::isRunBy, node -> () -> listener.leftToOthers(code, node), now);
  }

  /** The same for an activity. */
  Optional<Instant> ofActivity(String activity, Instant now) {
    return decide(
        activity,
        activities,
        able(activity),
        node -> () -> listener.activityLeftToOthers(activity, node),
        now);
  }

  private <K> Optional<Instant> decide(
      K code,
      Set<K> excluded,
      Predicate<Capabilities> able,
      Function<String, Runnable> telling,
      Instant now) {
    if (neighbours.isForSelf(able)) {
      return Optional.empty();
    }
    Optional<NodeRecord> other = neighbours.one(able, now);
    if (other.isEmpty()) { // one may have come since the last heartbeat, and begun this work
      if (!neighbours.lookAgain(now)) {
        return Optional.of(now.plus(pause));
      }
      other = neighbours.one(able, now);
    }
    if (other.isEmpty()) {
      return Optional.empty();
    }
    if (excluded.size() >= MAX && !excluded.contains(code)) {
      return Optional.of(now.plus(pause));
    }
    if (excluded.add(code)) {
      telling.apply(other.get().name()).run();
    }
    return Optional.of(now);
  }

  // ---- what is to be claimed

  /** What instances need that are left to others. */
  Set<FunctionKey> instances(Instant now) {
    return still(instances, code -> code::isRunBy, now);
  }

  /** The activities that are left to others. */
  Set<String> activities(Instant now) {
    return still(activities, Refusals::able, now);
  }

  private <K> Set<K> still(
      Set<K> excluded, Function<K, Predicate<Capabilities>> able, Instant now) {
    if (excluded.isEmpty()) {
      return Set.of();
    }
    return excluded.stream()
        .filter(code -> neighbours.one(able.apply(code), now).isPresent())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Forgets what no other node can run any more. */
  void review(Instant now) {
    instances.removeIf(code -> neighbours.one(code::isRunBy, now).isEmpty());
    activities.removeIf(activity -> neighbours.one(able(activity), now).isEmpty());
  }

  private static Predicate<Capabilities> able(String activity) {
    return node -> node.activities().contains(activity);
  }
}
