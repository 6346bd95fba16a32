package dev.durable.it.transactions;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How often each activity has run, whatever became of it. */
@ApplicationScoped
public class Attempts {

  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

  /** Counts one; the first is 1. */
  int begin(String about) {
    return counts.computeIfAbsent(about, key -> new AtomicInteger()).incrementAndGet();
  }

  int count(String about) {
    AtomicInteger count = counts.get(about);
    return count == null ? 0 : count.get();
  }

  Attempt attempt(String about, int number) {
    return attempts.computeIfAbsent(about + " " + number, key -> new Attempt());
  }

  /** Lets all that linger return. */
  void endAll() {
    attempts.values().forEach(Attempt::end);
  }
}
