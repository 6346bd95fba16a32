package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.ActivityLease;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the hub has accepted, written down beside it: what must not get lost, and what has happened
 * outside.
 */
final class Ledger {

  /** The time from the start of an id to its end, over all executions that continue one another. */
  static final class Life {
    final Map<String, AcceptedEvent> events = new LinkedHashMap<>();
    boolean terminated;

    List<AcceptedEvent> events(String name) {
      return events.values().stream().filter(event -> event.event().name().equals(name)).toList();
    }
  }

  /** An event, and the time of its sending by the clock of its sender. */
  record AcceptedEvent(EventRaised event, Instant sentAt) {
    /** How a script shows that it has received it. */
    String token() {
      return "g" + event.payload();
    }
  }

  /** The identity of an activity. */
  record ActivityKey(String instance, int execution, int taskId) {
    static ActivityKey of(ActivityLease lease) {
      return new ActivityKey(lease.instance().id(), lease.execution(), lease.taskId());
    }
  }

  private final Map<String, Life> lives = new HashMap<>();
  private final Map<String, String> executionOfMessage = new HashMap<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private final Map<ActivityKey, Integer> businessWrites = new HashMap<>();
  private final Map<String, Integer> finishes = new HashMap<>();
  private final Map<Object, Long> claims = new HashMap<>();

  /** The present life of that id. */
  Life life(String instanceId) {
    return lives.computeIfAbsent(instanceId, id -> new Life());
  }

  void started(String instanceId) {
    lives.put(instanceId, new Life());
  }

  void accepted(
      String instanceId, String messageId, HistoryEvent event, Instant sentAt, String executionId) {
    executionOfMessage.putIfAbsent(messageId, executionId);
    if (event instanceof EventRaised raised) {
      life(instanceId).events.putIfAbsent(messageId, new AcceptedEvent(raised, sentAt));
    } else if (event instanceof ExecutionTerminated) {
      life(instanceId).terminated = true;
    }
  }

  /** The execution that a message was accepted for; null if it was not accepted before. */
  @Nullable String acceptedFor(String messageId) {
    return executionOfMessage.get(messageId);
  }

  void claimed(Lease lease) {
    claims.put(item(lease), lease.version());
  }

  /** Whether nobody has claimed its work since. */
  boolean isLastClaim(Lease lease) {
    return Long.valueOf(lease.version()).equals(claims.get(item(lease)));
  }

  private static Object item(Lease lease) {
    return lease instanceof ActivityLease activity ? ActivityKey.of(activity) : lease.instance();
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
