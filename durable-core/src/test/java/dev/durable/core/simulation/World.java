package dev.durable.core.simulation;

import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.InMemoryTaskHub.Contents;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of one simulation share: the hub, the time, and what is written down about them.
 */
final class World {

  private final InMemoryTaskHub hub = new InMemoryTaskHub();
  private final VirtualClock clock = new VirtualClock();
  private final Ledger ledger = new Ledger();
  private final EntityLedger entities = new EntityLedger(this);
  private final Statistics statistics = new Statistics();
  private final Limits limits = new Limits(this);
  private final Trace trace;
  private final Invariants invariants = new Invariants(this);
  private @Nullable InvariantViolation violation;
  private boolean calm;
  private int maxAttempts = 1000;
  private boolean mixed;
  private int cacheSize;
  private int maxParked;
  private boolean populated;
  private boolean brisk;
  private List<Integer> partitionCounts = List.of(0);
  private int ids;

  World(Trace trace) {
    this.trace = trace;
  }

  InMemoryTaskHub hub() {
    return hub;
  }

  VirtualClock clock() {
    return clock;
  }

  Ledger ledger() {
    return ledger;
  }

  EntityLedger entities() {
    return entities;
  }

  Statistics statistics() {
    return statistics;
  }

  Limits limits() {
    return limits;
  }

  Trace trace() {
    return trace;
  }

  Invariants invariants() {
    return invariants;
  }

  /** What the hub holds of an instance. */
  List<Contents> contents(String instanceId) {
    return hub.contents().stream()
        .filter(contents -> contents.status().instanceId().equals(instanceId))
        .toList();
  }

  /** From now on nothing goes wrong any more. */
  void calmDown() {
    calm = true;
  }

  boolean isCalm() {
    return calm;
  }

  /** How often work may be begun that nobody answers. */
  void maxAttempts(int most) {
    maxAttempts = most;
  }

  int maxAttempts() {
    return maxAttempts;
  }

  /** Whether work is given up soon that nobody answers. */
  boolean isHasty() {
    return maxAttempts < 100;
  }

  /** Nodes have caches of that size. */
  void remember(int bytes) {
    cacheSize = bytes;
  }

  int cacheSize() {
    return cacheSize;
  }

  /** Nodes park so many runs at most. */
  void park(int runs) {
    maxParked = runs;
  }

  int maxParked() {
    return maxParked;
  }

  /** From now on nodes may have other code. */
  void mix() {
    mixed = true;
  }

  boolean isMixed() {
    return mixed;
  }

  /** Little time passes while much happens. */
  void hurry() {
    brisk = true;
  }

  boolean isBrisk() {
    return brisk;
  }

  /** From now on there may be entities. */
  void populate() {
    populated = true;
  }

  boolean isPopulated() {
    return populated;
  }

  /** From now on nodes have one of these numbers of partitions. */
  void partition(List<Integer> counts) {
    partitionCounts = counts;
  }

  boolean isPartitioned() {
    return !partitionCounts.equals(List.of(0));
  }

  int partitions(RandomGenerator random) {
    return partitionCounts.get(random.nextInt(partitionCounts.size()));
  }

  /** What the hub holds of all instances that are no entities. */
  List<Contents> orchestrations() {
    return hub.contents().stream().filter(contents -> contents.entity() == null).toList();
  }

  /** A fresh id. */
  String id() {
    return "x" + ++ids;
  }

  /** To be thrown; kept as well, for the case that somebody on the way up catches it. */
  InvariantViolation violated(String what, @Nullable Throwable cause) {
    if (violation == null) {
      violation = new InvariantViolation(what, cause);
    }
    return violation;
  }

  void throwIfViolated() {
    if (violation != null) {
      throw violation;
    }
  }

  void require(boolean holds, String what, Object detail) {
    if (!holds) {
      throw violated(what + ": " + detail, null);
    }
  }
}
