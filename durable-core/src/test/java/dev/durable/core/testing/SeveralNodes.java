package dev.durable.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/**
 * Several nodes at once. Like a node, each tries again if the store throws, which a database does
 * when two collide.
 */
abstract class SeveralNodes extends StoreCases {

  static final int NODES = 4;
  private static final int TRIES = 20;

  private final ExecutorService threads = Executors.newFixedThreadPool(NODES);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  /** All nodes begin at the same moment; the results in the order of the nodes. */
  <T> List<T> atOnce(Function<Integer, T> node) throws Exception {
    CyclicBarrier start = new CyclicBarrier(NODES);
    List<Callable<T>> calls = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      int number = i;
      calls.add(
          () -> {
            start.await(30, TimeUnit.SECONDS);
            return node.apply(number);
          });
    }
    List<T> results = new ArrayList<>();
    for (Future<T> result : threads.invokeAll(calls)) {
      results.add(result.get());
    }
    return results;
  }

  static <T> T trying(Callable<T> call) {
    for (int left = TRIES; ; left--) {
      try {
        return call.call();
      } catch (Exception e) {
        if (left == 0) {
          throw new AssertionError("The store still throws at the " + TRIES + "th try", e);
        }
      }
    }
  }
}
