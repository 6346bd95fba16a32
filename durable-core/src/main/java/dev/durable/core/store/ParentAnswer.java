package dev.durable.core.store;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCompleted;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceFailed;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import java.time.Instant;
import java.util.List;

/** What a finished sub-orchestration tells its parent. */
public final class ParentAnswer {

  private ParentAnswer() {}

  /** The message to the parent; none if nobody called it, or it has not finished. */
  public static List<Message> to(ExecutionSnapshot ended, Instant at) {
    ParentTask parent = ended.parent();
    if (parent == null || !ended.status().isFinished()) {
      return List.of();
    }
    Completion answer;
    if (ended.status() == RuntimeStatus.COMPLETED) {
      answer = new SubOrchestrationInstanceCompleted(parent.taskId(), ended.output());
    } else {
      answer =
          new SubOrchestrationInstanceFailed(
              parent.taskId(),
              ended.failure() == null ? Failures.terminated(null) : ended.failure());
    }
    return List.of(Message.answer(parent, answer, at));
  }
}
