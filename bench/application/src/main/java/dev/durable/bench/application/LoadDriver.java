package dev.durable.bench.application;

import dev.durable.DurableClient;
import dev.durable.EntityId;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Drives a load, as an application does, and measures it. Its threads are its own: those of the
 * server's executors are for the engine.
 */
@ApplicationScoped
class LoadDriver {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Inject DurableClient durable;
  @Resource ManagedThreadFactory threads;

  /**
   * Runs it to its end.
   *
   * @throws IllegalStateException if an instance did not end as it should
   */
  Outcome run(Load load) throws InterruptedException {
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
    String id = durable.start(load.orchestrator(), load.steps());
    if (load.senders() > 0) {
      AtomicInteger sent = new AtomicInteger();
      IntConsumer sending = sending(load, id);
      together(load.senders(), () -> send(sending, sent, load.steps()));
      if (isOfSignals(load)) {
        durable.raiseEvent(id, EntityOrchestrations.SENT, null);
      }
    }
    Integer done = durable.await(id, Integer.class, PATIENCE);
    if (!Integer.valueOf(load.steps()).equals(done)) {
      throw new IllegalStateException(
          "Instance " + id + " should have done " + load.steps() + " steps and did " + done);
    }
  }

  private static boolean isOfSignals(Load load) {
    return load.orchestrator().equals(EntityOrchestrations.SIGNALED_BY_CLIENTS);
  }

  private IntConsumer sending(Load load, String id) {
    EntityId counter = Counter.named(id);
    return isOfSignals(load)
        ? any -> durable.signalEntity(counter, Counter::add, 1L)
        : event -> durable.raiseEvent(id, Orchestrations.EVENT, event);
  }

  private static Integer send(IntConsumer sending, AtomicInteger sent, int messages) {
    int message = sent.getAndIncrement();
    while (message < messages) {
      sending.accept(message);
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
