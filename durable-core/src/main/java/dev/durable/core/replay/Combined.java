package dev.durable.core.replay;

import dev.durable.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Tasks made of tasks. Order is always the order of the history, never that of the list. */
final class Combined {

  private static final Comparator<DurableTask<?>> BY_COMPLETION =
      Comparator.comparingInt(DurableTask::doneAs);

  private Combined() {}

  static <T extends @Nullable Object> DurableTask<List<T>> allOf(
      ReplayRun run, List<? extends Task<? extends T>> tasks) {
    List<DurableTask<? extends T>> parts = own(tasks);
    DurableTask<List<T>> all = new OfParts<>(run, "All of " + parts.size() + " tasks", parts);
    all.willWait();
    int[] open = {parts.size()};
    for (DurableTask<? extends T> part : parts) {
      part.whenDone(
          () -> {
            if (--open[0] == 0) {
              conclude(all, parts);
            }
          });
    }
    if (parts.isEmpty()) {
      all.complete(List.of());
    }
    return all;
  }

  /** Ends it with the results of its parts, all of which are done, or with their failures. */
  static <T extends @Nullable Object> void conclude(
      DurableTask<List<T>> all, List<DurableTask<? extends T>> parts) {
    List<RuntimeException> failures =
        parts.stream()
            .filter(DurableTask::isFailed)
            .sorted(BY_COMPLETION)
            .map(DurableTask::failure)
            .distinct()
            .toList();
    if (failures.isEmpty()) {
      List<T> results = new ArrayList<>(parts.size());
      parts.forEach(part -> results.add(part.get()));
      all.complete(results);
      return;
    }
    RuntimeException first = failures.get(0);
    failures.stream().skip(1).forEach(first::addSuppressed);
    all.fail(first);
  }

  static DurableTask<Task<?>> anyOf(ReplayRun run, List<? extends Task<?>> tasks) {
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("anyOf needs at least one task: it would wait for ever.");
    }
    List<DurableTask<?>> parts = new ArrayList<>();
    tasks.forEach(task -> parts.add((DurableTask<?>) task));
    DurableTask<Task<?>> any = new OfParts<>(run, "Any of " + parts.size() + " tasks", parts);
    any.willWait();
    parts.stream().filter(DurableTask::isDone).min(BY_COMPLETION).ifPresent(any::complete);
    if (!any.isDone()) {
      parts.forEach(part -> part.whenDone(() -> any.complete(part)));
    }
    return any;
  }

  static <T extends @Nullable Object> Iterable<Task<T>> inCompletionOrder(
      ReplayRun run, List<? extends Task<T>> tasks) {
    List<DurableTask<T>> parts = new ArrayList<>();
    tasks.forEach(task -> parts.add((DurableTask<T>) task));
    parts.forEach(DurableTask::willWait);
    Queue<DurableTask<T>> done = new PriorityQueue<>(BY_COMPLETION);
    parts.forEach(part -> part.whenDone(() -> done.add(part)));
    int[] left = {parts.size()};
    Iterator<Task<T>> once =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return left[0] > 0;
          }

          @Override
          public Task<T> next() {
            if (!hasNext()) {
              throw new NoSuchElementException();
            }
            parts.forEach(DurableTask::willWait);
            run.runUntil(() -> !done.isEmpty());
            left[0]--;
            return done.remove();
          }
        };
    return () -> once;
  }

  private static <T extends @Nullable Object> List<DurableTask<? extends T>> own(
      List<? extends Task<? extends T>> tasks) {
    List<DurableTask<? extends T>> parts = new ArrayList<>(tasks.size());
    tasks.forEach(task -> parts.add((DurableTask<? extends T>) task));
    return parts;
  }
}
