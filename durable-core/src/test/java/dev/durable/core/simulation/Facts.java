package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a history says of the activities that a script has called, by the labels of their steps. */
final class Facts {

  private static final int NEVER = Integer.MAX_VALUE;

  private final Map<String, Integer> attempts = new HashMap<>();
  private final Map<String, Integer> lastAnswers = new HashMap<>();
  private final Map<String, Integer> mostOpen = new HashMap<>();

  Facts(List<HistoryEvent> history) {
    Map<Integer, String> labels = new HashMap<>();
    Map<String, Integer> open = new HashMap<>();
    int place = 0;
    for (HistoryEvent event : history) {
      place++;
      if (event instanceof TaskScheduled task) {
        String label = label(task);
        labels.put(task.taskId(), label);
        attempts.merge(label, 1, Integer::sum);
        int now = open.merge(group(label), 1, Integer::sum);
        mostOpen.merge(group(label), now, Math::max);
      } else if (event instanceof Completion completion) {
        String label = labels.get(completion.taskId());
        if (label != null) {
          lastAnswers.put(label, place);
          open.merge(group(label), -1, Integer::sum);
        }
      }
    }
  }

  private static String label(TaskScheduled task) {
    String input = String.valueOf(task.input());
    return input.substring(input.indexOf('/') + 1, input.length() - 1);
  }

  private static String group(String label) {
    return label.substring(0, label.lastIndexOf('.') + 1);
  }

  /** How often a step has called its activity; 0 if that is not in this history. */
  int attempts(String label) {
    return attempts.getOrDefault(label, 0);
  }

  /** Where the last answer to a step stands; behind everything if there is none. */
  int lastAnswer(String label) {
    return lastAnswers.getOrDefault(label, NEVER);
  }

  /** How many activities that are parts of that step were open at once. */
  int mostOpen(String label) {
    return mostOpen.getOrDefault(label + ".", 0);
  }
}
