package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EntityOperationCompleted;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The activities and operations that had a result before their execution was rewound: not to be
 * done again.
 */
final class DoneCalls {

  private final Set<String> calls = new HashSet<>();

  /** Adds what a history and those before it say. */
  void addAll(DoneCalls before, List<HistoryEvent> history, Map<Integer, Completion> answers) {
    calls.addAll(before.calls);
    for (HistoryEvent event : history) {
      if (event instanceof TaskScheduled task
          && answers.get(task.taskId()) instanceof TaskCompleted) {
        calls.add(call(task));
      } else if (event instanceof EntityOperationCalled operation
          && answers.get(operation.taskId()) instanceof EntityOperationCompleted) {
        calls.add(call(operation));
      }
    }
  }

  /** Whether that is the call of one. */
  boolean contains(HistoryEvent event) {
    return (event instanceof TaskScheduled task && calls.contains(call(task)))
        || (event instanceof EntityOperationCalled operation && calls.contains(call(operation)));
  }

  private static String call(EntityOperationCalled operation) {
    return operation.entityId() + " " + operation.operation() + " " + operation.input();
  }

  private static String call(TaskScheduled task) {
    return task.name() + " " + task.input();
  }
}
