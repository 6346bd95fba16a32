package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NodeThreadsTest {

  private static final class PlainThreads implements ManagedThreadFactory {
    @Override
    public Thread newThread(Runnable task) {
      Thread thread = new Thread(task, "node");
      thread.setDaemon(true);
      return thread;
    }

    @Override
    public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
      throw new UnsupportedOperationException();
    }
  }

  private final NodeThreads threads =
      new NodeThreads(
          failing(ManagedExecutorService.class, new RejectedExecutionException("the server stops")),
          failing(
              ManagedScheduledExecutorService.class, new UnsupportedOperationException("unused")),
          new PlainThreads(),
          new PlainThreads());

  private static <T> T failing(Class<T> type, RuntimeException failure) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw failure;
            }));
  }

  @Test
  void aServerThatTakesNoMoreTasksIsTakenForOneThatStops() {
    AtomicInteger told = new AtomicInteger();
    threads.whenRefused(told::incrementAndGet);

    assertThatThrownBy(() -> threads.userCode().execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);

    assertThat(told).hasValue(1);
    threads.end();
  }

  @Test
  void neitherAnExceptionNorAnErrorEndsWhatIsRepeated() throws InterruptedException {
    CountDownLatch thirdTime = new CountDownLatch(3);
    AtomicReference<Throwable> thrown = new AtomicReference<>(new IllegalStateException("first"));
    threads.repeatOnOwnThread(
        "test",
        Duration.ofMillis(1),
        () -> {
          thirdTime.countDown();
          Throwable now = thrown.getAndSet(new NoClassDefFoundError("second"));
          if (now instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) now;
        });

    assertThat(thirdTime.await(30, TimeUnit.SECONDS)).isTrue();
    threads.endRenewal();
    threads.end();
  }

  @Test
  void aServerThatRefusesTimersDoesNotEndThePolls() throws InterruptedException {
    NodeThreads refused =
        new NodeThreads(
            failing(ManagedExecutorService.class, new UnsupportedOperationException("unused")),
            failing(
                ManagedScheduledExecutorService.class, new RejectedExecutionException("too many")),
            new PlainThreads(),
            new PlainThreads());
    CountDownLatch thirdTime = new CountDownLatch(3);
    Runnable end = refused.repeat("test", () -> Duration.ofMillis(1), thirdTime::countDown);

    assertThat(thirdTime.await(10, TimeUnit.SECONDS)).isTrue();
    end.run();
    refused.endRenewal();
    refused.end();
  }
}
