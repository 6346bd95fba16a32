package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallGroupTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<List<Integer>> batches = new ArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private List<Integer> doubled(List<Integer> numbers) {
    synchronized (batches) {
      batches.add(numbers);
    }
    return numbers.stream().map(number -> 2 * number).toList();
  }

  @Test
  void whoIsAloneIsServedAtOnceOnItsOwnThread() {
    List<Thread> at = new ArrayList<>();
    CallGroup<Integer, Integer> group =
        new CallGroup<>(
            10,
            numbers -> {
              at.add(Thread.currentThread());
              return doubled(numbers);
            },
            threads);

    assertThat(group.call(1)).isEqualTo(2);
    assertThat(group.call(2)).isEqualTo(4);
    assertThat(batches).containsExactly(List.of(1), List.of(2));
    assertThat(at).containsOnly(Thread.currentThread());
  }

  @Test
  void whatComesMeanwhileIsDoneTogetherAndNeverMoreThanAllowed() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(1);
    CallGroup<Integer, Integer> group =
        new CallGroup<>(
            3,
            numbers -> {
              entered.countDown();
              await(all);
              return doubled(numbers);
            },
            threads);
    Future<Integer> first = threads.submit(() -> group.call(0));
    entered.await();
    List<Future<Integer>> others = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      int number = i;
      others.add(threads.submit(() -> group.call(number)));
    }
    while (group.waiting() < 7) {
      Thread.onSpinWait();
    }
    all.countDown();

    assertThat(first.get()).isZero();
    for (int i = 1; i <= 7; i++) {
      assertThat(others.get(i - 1).get()).isEqualTo(2 * i);
    }
    assertThat(batches.stream().map(List::size)).containsExactly(1, 3, 3, 1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoFailsFailsAlone() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(1);
    CallGroup<Integer, Integer> group =
        new CallGroup<>(
            10,
            numbers -> {
              entered.countDown();
              await(all);
              if (numbers.contains(2)) {
                throw new IllegalStateException("no " + numbers);
              }
              return doubled(numbers);
            },
            threads);
    Future<Integer> first = threads.submit(() -> group.call(0));
    entered.await();
    List<Future<Integer>> others = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      int number = i;
      others.add(threads.submit(() -> group.call(number)));
    }
    while (group.waiting() < 3) {
      Thread.onSpinWait();
    }
    all.countDown();

    assertThat(first.get()).isZero();
    assertThat(others.get(0).get()).isEqualTo(2);
    assertThatThrownBy(() -> others.get(1).get())
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no [2]");
    assertThat(others.get(2).get()).isEqualTo(6);
  }

  @Test
  void anErrorIsThrownOnAndTheNextOneIsServed() {
    CallGroup<Integer, Integer> group =
        new CallGroup<>(
            10,
            numbers -> {
              if (numbers.contains(1)) {
                throw new StackOverflowError("deep");
              }
              return doubled(numbers);
            },
            threads);

    assertThatThrownBy(() -> group.call(1)).isInstanceOf(StackOverflowError.class);
    assertThat(group.call(2)).isEqualTo(4);
  }

  @Test
  void whereNoThreadCanBeHadNobodyWaitsForOne() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(1);
    CallGroup<Integer, Integer> group =
        new CallGroup<>(
            10,
            numbers -> {
              entered.countDown();
              await(all);
              return doubled(numbers);
            },
            task -> {
              throw new RejectedExecutionException("none");
            });
    Future<Integer> first = threads.submit(() -> group.call(1));
    entered.await();
    Future<Integer> second = threads.submit(() -> group.call(2));
    while (group.waiting() < 1) {
      Thread.onSpinWait();
    }
    all.countDown();

    assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(4);
  }

  @Test
  void manyThreadsAllGetTheirOwnAnswers() throws Exception {
    CallGroup<Integer, Integer> group = new CallGroup<>(7, this::doubled, threads);
    Function<Integer, Callable<Boolean>> caller =
        number ->
            () ->
                IntStream.range(0, 500)
                    .allMatch(i -> group.call(number * 1_000 + i) == 2 * (number * 1_000 + i));
    List<Future<Boolean>> answers =
        threads.invokeAll(IntStream.range(0, 16).boxed().map(caller).toList());

    for (Future<Boolean> answer : answers) {
      assertThat(answer.get()).isTrue();
    }
    Queue<Integer> all = new ArrayDeque<>(batches.stream().flatMap(List::stream).toList());
    assertThat(all).hasSize(16 * 500).doesNotHaveDuplicates();
  }
}
