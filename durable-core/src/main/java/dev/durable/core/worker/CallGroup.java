package dev.durable.core.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Does calls of many threads together: those that come while a call is under way make the next one.
 * Adds no delay: who finds nobody at work begins at once, on its own thread; when its own call is
 * done, what has come meanwhile goes on on another thread.
 *
 * <p>If a call for several fails, each of them is tried once more alone: so nobody gets the
 * exception of a neighbour. Done again, a call must come to the same.
 *
 * <p>Thread-safe.
 */
final class CallGroup<T, R> {

  private record Call<T, R>(T what, CompletableFuture<R> answer) {}

  private final int max;
  private final Function<List<T>, List<R>> together;
  private final Executor threads;
  private final Queue<Call<T, R>> calls = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * Of at most so many.
   *
   * @param together gives an answer for each, in their order
   * @param threads where calls go on whose threads only wait
   */
  CallGroup(int max, Function<List<T>, List<R>> together, Executor threads) {
    this.max = max;
    this.together = together;
    this.threads = threads;
  }

  /** Has it done with others; returns or throws what came of it. */
  R call(T what) {
    Call<T, R> call = new Call<>(what, new CompletableFuture<>());
    calls.add(call);
    if (busy.compareAndSet(false, true)) {
      workUntil(call);
    }
    return Answers.join(call.answer());
  }

  /** How many wait for a call that is under way. */
  int waiting() {
    return calls.size();
  }

  private void workUntil(Call<T, R> own) {
    while (!own.answer().isDone()) {
      workOnce();
    }
    if (calls.isEmpty()) {
      rest();
    } else {
      passOn();
    }
  }

  /** If no thread can be had, the work is done here. */
  private void passOn() {
    try {
      threads.execute(this::workUntilNoneIsLeft);
    } catch (RuntimeException | Error e) {
      workUntilNoneIsLeft();
    }
  }

  private void workUntilNoneIsLeft() {
    while (!calls.isEmpty()) {
      workOnce();
    }
    rest();
  }

  /** Whoever comes between the two has found somebody at work, who would have gone. */
  private void rest() {
    busy.set(false);
    if (!calls.isEmpty() && busy.compareAndSet(false, true)) {
      passOn();
    }
  }

  private void workOnce() {
    List<Call<T, R>> batch = new ArrayList<>();
    for (Call<T, R> call = calls.poll(); call != null; call = next(batch)) {
      batch.add(call);
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      answer(batch, together.apply(batch.stream().map(Call::what).toList()));
    } catch (RuntimeException | Error e) {
      if (batch.size() == 1) {
        batch.get(0).answer().completeExceptionally(e);
      } else {
        batch.forEach(this::alone);
      }
    }
  }

  private Call<T, R> next(List<Call<T, R>> batch) {
    return batch.size() < max ? calls.poll() : null;
  }

  private void alone(Call<T, R> call) {
    try {
      answer(List.of(call), together.apply(List.of(call.what())));
    } catch (RuntimeException | Error e) {
      call.answer().completeExceptionally(e);
    }
  }

  private static <T, R> void answer(List<Call<T, R>> batch, List<R> answers) {
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).answer().complete(answers.get(i));
    }
  }
}
