package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.ActivityLease;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the hub has accepted, written down beside it: what must not get lost, and what has happened
 * outside.
 */
final class Ledger {

  /** The identity of an activity. */
  record ActivityKey(InstanceRef instance, int execution, int taskId) {
    static ActivityKey of(ActivityLease lease) {
      return new ActivityKey(lease.instance(), lease.execution(), lease.taskId());
    }
  }

  private final Map<String, Life> lives = new HashMap<>();
  private final Set<String> acknowledged = new HashSet<>();
  private final Set<String> purged = new HashSet<>();
  private final Set<String> rewound = new HashSet<>();
  private final Set<String> cascades = new HashSet<>();
  private final Map<String, InstanceRef> refs = new HashMap<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private final Map<ActivityKey, Integer> begun = new HashMap<>();
  private final Map<ActivityKey, Integer> businessWrites = new HashMap<>();
  private final Map<String, Integer> finishes = new HashMap<>();
  private final Map<Object, Long> claims = new HashMap<>();
  private final Map<Object, Integer> claimCounts = new HashMap<>();
  private final Map<Lease, Instant> ends = new HashMap<>();

  private final Map<String, Integer> deaths = new HashMap<>();
  private boolean terminations;
  private boolean takenChildren;

  // ---- lives

  /** The present life of that id. */
  Life life(String instanceId) {
    return lives.computeIfAbsent(instanceId, id -> new Life());
  }

  void started(String instanceId) {
    lives.put(instanceId, new Life());
  }

  /** A client has started an instance, perhaps under the id of somebody's child. */
  void startedByClient(String instanceId) {
    started(instanceId);
    takenChildren |= instanceId.indexOf(':') >= 0;
  }

  /** Whether a client has taken the id of somebody's child. */
  boolean hasTakenChildren() {
    return takenChildren;
  }

  void accepted(String instanceId, String messageId, HistoryEvent event, Instant sentAt) {
    acknowledged.add(messageId);
    if (event instanceof EventRaised raised) {
      life(instanceId).accepted(raised, sentAt);
    } else if (event instanceof ExecutionTerminated terminated) {
      terminated(instanceId, terminated.cascade());
    }
  }

  /** Somebody wants it to end, perhaps with its children. */
  void terminated(String instanceId, boolean cascade) {
    terminations = true;
    life(instanceId).terminated();
    if (cascade) {
      cascades.add(instanceId);
    }
  }

  /** Whether anything was ever to end. */
  boolean hasTerminations() {
    return terminations;
  }

  /** Whether somebody has ever wanted an instance of that id to end with its children. */
  boolean isCascading(String instanceId) {
    return cascades.contains(instanceId);
  }

  /** Whether a message of that id was accepted at some time. */
  boolean isAccepted(String messageId) {
    return acknowledged.contains(messageId);
  }

  void purged(String instanceId) {
    purged.add(instanceId);
    refs.remove(instanceId);
    lives.remove(instanceId);
  }

  /** Whether it has been purged since that was last asked. */
  boolean takePurged(String instanceId) {
    return purged.remove(instanceId);
  }

  /** Somebody has had the instance with that input run again. */
  void rewound(ScriptInput input) {
    rewound.add(input.root());
  }

  /** Whether it was run again, or an instance that it belongs to, or one that belongs to it. */
  boolean isRewound(ScriptInput input) {
    return rewound.contains(input.root());
  }

  /** Whether anything was rewound. */
  boolean hasRewinds() {
    return !rewound.isEmpty();
  }

  void finished(String instanceId) {
    finishes.merge(instanceId, 1, Integer::sum);
  }

  /**
   * A node says that the instance has finished. Returns whether it has, and nobody said so before.
   */
  boolean toldFinished(String instanceId) {
    return finishes.merge(instanceId, -1, Integer::sum) >= 0;
  }

  // ---- claims

  void claimed(Lease lease) {
    refs.put(lease.instance().id(), lease.instance());
    claims.put(item(lease), lease.version());
    claimCounts.merge(item(lease), 1, Integer::sum);
  }

  /** What a lease stood for is written: nobody has it, and its node knows how it stands. */
  void written(Lease lease) {
    claims.put(item(lease), lease.version() + 1);
  }

  /** A node has been told that it has this until then. */
  void leased(Lease lease, Instant until) {
    ends.put(lease, until);
  }

  /** Until when its node may take it for its own. */
  Instant end(Lease lease) {
    return ends.getOrDefault(lease, Instant.MIN);
  }

  /** Who that was when it was claimed last; null if it never was. */
  @Nullable InstanceRef ref(String instanceId) {
    return refs.get(instanceId);
  }

  /** Whether nobody has claimed or written its work since. */
  boolean isLastClaim(Lease lease) {
    return Long.valueOf(lease.version()).equals(claims.get(item(lease)));
  }

  /** How often that was claimed. */
  int claims(Lease lease) {
    return claimCounts.getOrDefault(item(lease), 0);
  }

  private static Object item(Lease lease) {
    return lease instanceof ActivityLease activity ? ActivityKey.of(activity) : lease.instance();
  }

  // ---- activities

  /** User code of an activity begins. Returns how often it has done so by now. */
  int begun(ActivityKey activity) {
    return begun.merge(activity, 1, Integer::sum);
  }

  boolean hasBegun(ActivityKey activity) {
    return begun.containsKey(activity);
  }

  /** A node has ended at that place. Returns how many have. */
  int died(String label) {
    return deaths.merge(label, 1, Integer::sum);
  }

  /** How often a call has failed so far. */
  int failures(String input) {
    return failures.getOrDefault(input, 0);
  }

  void failed(String input) {
    failures.merge(input, 1, Integer::sum);
  }

  /** A transactional activity has written, in the transaction that stored its completion. */
  void businessWrite(ActivityLease lease) {
    businessWrites.merge(ActivityKey.of(lease), 1, Integer::sum);
  }

  int businessWrites(ActivityKey activity) {
    return businessWrites.getOrDefault(activity, 0);
  }
}
