package dev.durable.it.transactions;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A run of a lingering activity that the test watches and lets end. Thread-safe. */
final class Attempt implements Synchronization {

  private static final int PATIENCE = 60;

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

  /** Returns when the activity has written and lingers. */
  void awaitWritten() {
    written.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
  }

  /** Lets it return. */
  void end() {
    mayEnd.complete(null);
  }

  /** Lets it return. Says, once its transaction has ended, whether that was by a commit. */
  boolean endsByCommit() {
    end();
    return ended.orTimeout(PATIENCE, TimeUnit.SECONDS).join() == Status.STATUS_COMMITTED;
  }
}
