package dev.durable.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Drives a load, as an application does, and measures it.
 *
 * @param engine what is driven
 * @param threads makes those that drive: they are not the engine's
 */
public record LoadDriver(DrivenEngine engine, ThreadFactory threads) {

  /**
   * Runs it to its end.
   *
   * @throws IllegalStateException if an instance did not end as it should
   */
  public Outcome run(Load load) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    long began = System.nanoTime();
    List<Long> nanos =
        together(load.concurrency(), () -> lane(load, next)).stream()
            .flatMap(List::stream)
            .toList();
    // One lane with pauses has nothing between its instances that counts.
    long elapsed =
        load.pause().isZero()
            ? System.nanoTime() - began
            : nanos.stream().mapToLong(Long::longValue).sum();
    return new Outcome(
        TimeUnit.NANOSECONDS.toMicros(elapsed),
        nanos.stream().map(TimeUnit.NANOSECONDS::toMicros).toList());
  }

  /** One instance after the other, while there are any left. */
  private List<Long> lane(Load load, AtomicInteger next) throws InterruptedException {
    List<Long> nanos = new ArrayList<>();
    while (next.getAndIncrement() < load.instances()) {
      if (!load.pause().isZero()) {
        LockSupport.parkNanos(load.pause().toNanos());
      }
      long began = System.nanoTime();
      runOne(load);
      nanos.add(System.nanoTime() - began);
    }
    return nanos;
  }

  private void runOne(Load load) throws InterruptedException {
    DrivenEngine.Instance instance = engine.start(load.orchestrator(), load.steps());
    if (load.senders() > 0) {
      AtomicInteger sent = new AtomicInteger();
      together(load.senders(), () -> send(instance, sent, load.steps()));
      instance.allSent();
    }
    int done = instance.await();
    if (done != load.steps()) {
      throw new IllegalStateException(
          "Instance %s should have done %d steps and did %d"
              .formatted(instance.id(), load.steps(), done));
    }
  }

  private static Integer send(DrivenEngine.Instance instance, AtomicInteger sent, int messages) {
    int message = sent.getAndIncrement();
    while (message < messages) {
      instance.send(message);
      message = sent.getAndIncrement();
    }
    return message;
  }

  private <T> List<T> together(int count, Callable<T> work) throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(count, threads);
    try {
      List<T> results = new ArrayList<>(count);
      for (Future<T> future :
          executor.invokeAll(Stream.generate(() -> work).limit(count).toList())) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The load failed: " + e.getCause(), e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }
}
