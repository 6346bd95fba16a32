package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The activities that had a result before their execution was rewound: not to be done again. */
final class DoneCalls {

  private final Set<String> calls = new HashSet<>();

  /** Adds what a history and those before it say. */
  void addAll(DoneCalls before, List<HistoryEvent> history, Map<Integer, Completion> answers) {
    calls.addAll(before.calls);
    for (HistoryEvent event : history) {
      if (event instanceof TaskScheduled task
          && answers.get(task.taskId()) instanceof TaskCompleted) {
        calls.add(call(task));
      }
    }
  }

  /** Whether that is the call of one. */
  boolean contains(HistoryEvent event) {
    return event instanceof TaskScheduled task && calls.contains(call(task));
  }

  private static String call(TaskScheduled task) {
    return task.name() + " " + task.input();
  }
}
