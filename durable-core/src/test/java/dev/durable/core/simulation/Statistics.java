package dev.durable.core.simulation;

import dev.durable.RuntimeStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

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
    EXECUTIONS_RERUN,
    INSTANCES_BLOCKED,
    IDS_STARTED_AGAIN,
    CHILDREN_REFUSED,
    BUSINESS_WRITES,
    HISTORIES_REMEMBERED,
    HISTORIES_EVICTED,
    RUNS_CONTINUED,
    RUNS_EVICTED,
    THREADS_LENT,
    TASKS_WAITED
  }

  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
  private final Map<String, Long> features = new TreeMap<>();

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
    other.features.forEach((name, count) -> features.merge(name, count, Long::sum));
  }

  void reached(RuntimeStatus status) {
    named("reached", status.name());
  }

  /** Something that is drawn, or comes about, and has a name. */
  synchronized void named(String kind, String name) {
    features.merge(kind + " " + name, 1L, Long::sum);
  }

  /** How often that was counted. */
  synchronized long of(String feature) {
    return features.getOrDefault(feature, 0L);
  }

  @Override
  public synchronized String toString() {
    return counts + "\n" + features;
  }
}
