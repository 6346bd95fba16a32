package dev.durable.it.lifecycle;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What activities have done, and which of them fail until the test says otherwise. */
@ApplicationScoped
public class Work {

  private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();

  /** Counts one. Fails if it is broken. */
  String doing(String what) {
    int times = done.computeIfAbsent(what, key -> new AtomicInteger()).incrementAndGet();
    if (broken.contains(what)) {
      throw new IllegalStateException(what + " is broken");
    }
    return what + " " + times;
  }

  /** Counts one and does not end before the test wants it to. */
  void lingering(String what) {
    doing(what);
    end(what).orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** Lets what lingers end, and all that comes after it. */
  void mayEnd(String what) {
    end(what).complete(null);
  }

  private CompletableFuture<Void> end(String what) {
    return ends.computeIfAbsent(what, key -> new CompletableFuture<>());
  }

  int times(String what) {
    AtomicInteger times = done.get(what);
    return times == null ? 0 : times.get();
  }

  void breakDown(String what) {
    broken.add(what);
  }

  void repair(String what) {
    broken.remove(what);
  }
}
