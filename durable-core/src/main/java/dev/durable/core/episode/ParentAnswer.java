package dev.durable.core.episode;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCompleted;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceFailed;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.Message;
import java.time.Instant;
import java.util.List;

/** What a finished sub-orchestration tells its parent. */
final class ParentAnswer {

  private ParentAnswer() {}

  /** The message to the parent; none if nobody called it. */
  static List<Message> to(ExecutionSnapshot ended, Instant at) {
    ParentTask parent = ended.parent();
    if (parent == null) {
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
