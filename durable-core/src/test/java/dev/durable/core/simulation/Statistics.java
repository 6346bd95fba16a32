package dev.durable.core.simulation;

import java.util.EnumMap;
import java.util.Map;

/** How much of what happened: a run in which nothing happened proves nothing. */
final class Statistics {

  enum Counter {
    STEPS,
    STORE_CALLS,
    COMMITS,
    FENCED,
    CALLS_FAULTY,
    CALLS_LATE,
    CLAIMS_LOST,
    CLAIMS_WITH_DUPLICATES,
    THREADS_REFUSED,
    NODES_CRASHED,
    NODES_FROZEN,
    NODES_STOPPED,
    LEASES_LOST,
    WORK_RELEASED,
    MESSAGES_DROPPED,
    MESSAGES_ACCEPTED,
    INSTANCES_FINISHED,
    INSTANCES_TERMINATED,
    EXECUTIONS_CONTINUED,
    IDS_STARTED_AGAIN,
    CHILDREN_REFUSED,
    BUSINESS_WRITES
  }

  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);

  void count(Counter counter) {
    count(counter, 1);
  }

  synchronized void count(Counter counter, long by) {
    counts.merge(counter, by, Long::sum);
  }

  synchronized long of(Counter counter) {
    return counts.getOrDefault(counter, 0L);
  }

  synchronized void addAll(Statistics other) {
    other.counts.forEach(this::count);
  }

  @Override
  public synchronized String toString() {
    return counts.toString();
  }
}
