package dev.durable.core.replay;

import dev.durable.FailureDetails;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an orchestrator decided in one episode.
 *
 * @param actions new ones, in the order of the calls
 * @param patches the changes of the code that this run has taken up
 * @param outcome how the run ended
 * @param customStatus what this execution has set last; null if it has set none, so that the one of
 *     the execution before stays
 * @param version the version of the code that ran; null for none
 * @param adopted the tasks of sub-orchestrations that were called before the execution was rewound
 * @param rerun what else the history begins with, if the execution was rewound; else null
 */
public record Decisions(
    List<Action> actions,
    List<String> patches,
    Outcome outcome,
    @Nullable CustomStatus customStatus,
    @Nullable String version,
    Set<Integer> adopted,
    @Nullable Rerun rerun) {

  /** Whether it was called before the execution was rewound. */
  public boolean isAdopted(SubOrchestrationInstanceCreated child) {
    return adopted.contains(child.taskId());
  }

  /**
   * How a rewound execution begins.
   *
   * @param events what it has taken in, before its decisions
   * @param answered the tasks that have their answers in these
   */
  public record Rerun(List<HistoryEvent> events, Set<Integer> answered) {

    /** Whether nothing is to be done for an action, because its answer is there. */
    public boolean isAnswered(Action action) {
      return answered.contains(action.taskId());
    }
  }

  /** A custom status as JSON text; null if it was cleared. */
  public record CustomStatus(@Nullable String json) {}

  /** How a run of an orchestrator ended. */
  public sealed interface Outcome {}

  /** It waits for something. */
  public record Waiting() implements Outcome {}

  /** It returned. */
  public record Completed(@Nullable String output) implements Outcome {}

  /** It threw, or could not be run. */
  public record Failed(FailureDetails failure) implements Outcome {}

  /** It begins anew. {@code unreceived} are the events that nobody has waited for, in order. */
  public record ContinuedAsNew(@Nullable String input, List<EventRaised> unreceived)
      implements Outcome {}
}
