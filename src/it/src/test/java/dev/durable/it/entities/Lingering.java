package dev.durable.it.entities;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs of operations that the test watches and lets end, by key and number. */
@ApplicationScoped
public class Lingering {

  private static final int PATIENCE = 60;

  private final Map<String, AtomicInteger> begun = new ConcurrentHashMap<>();
  private final Map<String, Run> runs = new ConcurrentHashMap<>();

  /** The next run of that key. */
  Run begin(String key) {
    return run(key, begun.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet());
  }

  /** That run; the first is 1. */
  Run run(String key, int number) {
    return runs.computeIfAbsent(key + " " + number, k -> new Run());
  }

  /** Lets all return. */
  void endAll() {
    runs.values().forEach(run -> run.mayEnd.complete(null));
  }

  /** One of them. Thread-safe. */
  static final class Run implements Synchronization {

    private final CompletableFuture<Void> written = new CompletableFuture<>();
    private final CompletableFuture<Void> mayEnd = new CompletableFuture<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    void linger() {
      written.complete(null);
      mayEnd.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
    }

    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      ended.complete(status);
    }

    /** Returns when the operation has written and lingers. */
    void awaitWritten() {
      written.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
    }

    /** Lets it return. Says, once its transaction has ended, whether that was by a commit. */
    boolean endsByCommit() {
      mayEnd.complete(null);
      return ended.orTimeout(PATIENCE, TimeUnit.SECONDS).join() == Status.STATUS_COMMITTED;
    }
  }
}
