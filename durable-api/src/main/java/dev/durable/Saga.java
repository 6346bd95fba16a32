package dev.durable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Steps that are undone together: each step that has succeeded registers what undoes it, and when a
 * later step fails, these compensations run in reverse order.
 *
 * <pre>{@code
 * return Saga.run(saga -> {
 *   Reservation reserved = ctx.call(Stock::reserve, line).await();
 *   saga.addCompensation(() -> ctx.call(Stock::release, reserved));
 *   return ctx.call(Payments::charge, order).await();
 * });
 * }</pre>
 *
 * <p>A saga stores nothing of its own: it is rebuilt by replay, so it survives what the
 * orchestration survives. It is not undone by {@link DurableClient#terminate}, which ends the
 * orchestrator without running any more of it. Not thread-safe; belongs to the run of the
 * orchestrator that made it.
 */
public final class Saga {

  private final Deque<Supplier<? extends Task<?>>> compensations = new ArrayDeque<>();

  /** Without compensations so far. */
  public Saga() {}

  /**
   * Runs steps, and compensates them if they throw a {@link RuntimeException}, which is then thrown
   * on; compensations that fail are its suppressed exceptions. Errors are not failures of a step:
   * waiting, and continuing as new, leave the orchestrator by one.
   */
  public static <R extends @Nullable Object> R run(Function<Saga, R> steps) {
    Saga saga = new Saga();
    try {
      return steps.apply(saga);
    } catch (RuntimeException failure) {
      saga.compensate().forEach(failure::addSuppressed);
      throw failure;
    }
  }

  /**
   * Registers what undoes the step that has just succeeded.
   *
   * @param compensation makes the call, such as {@code () -> ctx.call(Stock::release, reserved)};
   *     it is called only if the saga is compensated
   */
  public void addCompensation(Supplier<? extends Task<?>> compensation) {
    compensations.push(Objects.requireNonNull(compensation, "compensation"));
  }

  /**
   * Runs the registered compensations, the last one first, each after the one before has ended. One
   * that fails does not keep the others from running. Afterwards none is registered.
   *
   * @return the failures, in the order in which they happened; empty if all went well
   */
  public List<RuntimeException> compensate() {
    List<RuntimeException> failures = new ArrayList<>();
    while (!compensations.isEmpty()) {
      try {
        compensations.pop().get().await();
      } catch (RuntimeException failure) {
        failures.add(failure);
      }
    }
    return failures;
  }
}
