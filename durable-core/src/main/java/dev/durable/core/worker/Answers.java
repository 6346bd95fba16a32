package dev.durable.core.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What others have found out for a thread that waits. */
final class Answers {

  private Answers() {}

  /** Waits for it; returns it, or throws what came instead as it was. */
  static <R> R join(CompletableFuture<R> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      if (e.getCause() instanceof Error reason) {
        throw reason;
      }
      throw e;
    }
  }
}
