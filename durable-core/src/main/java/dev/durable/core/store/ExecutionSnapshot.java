package dev.durable.core.store;

import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.ParentTask;
import org.jspecify.annotations.Nullable;

/**
 * What the instance's row says of its present execution.
 *
 * @param number of the execution, from 1; rises with continue-as-new and when a finished id is
 *     started again
 * @param executionId the id of the execution that people see
 * @param name the orchestrator
 * @param status where it is in its life
 * @param customStatus JSON text set by the orchestrator
 * @param output JSON text, once completed
 * @param failure once failed or terminated
 * @param parent who waits for it
 */
public record ExecutionSnapshot(
    int number,
    String executionId,
    String name,
    RuntimeStatus status,
    @Nullable String customStatus,
    @Nullable String output,
    @Nullable FailureDetails failure,
    @Nullable ParentTask parent) {

  /** The same with another status. */
  public ExecutionSnapshot with(RuntimeStatus newStatus, @Nullable String newCustomStatus) {
    return new ExecutionSnapshot(
        number, executionId, name, newStatus, newCustomStatus, output, failure, parent);
  }

  /** The same, ended. */
  public ExecutionSnapshot ended(
      RuntimeStatus finalStatus,
      @Nullable String finalOutput,
      @Nullable FailureDetails finalFailure) {
    return new ExecutionSnapshot(
        number, executionId, name, finalStatus, customStatus, finalOutput, finalFailure, parent);
  }

  /** The execution after this one. */
  public ExecutionSnapshot next(String nextExecutionId) {
    return new ExecutionSnapshot(
        number + 1, nextExecutionId, name, RuntimeStatus.RUNNING, customStatus, null, null, parent);
  }
}
