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
 * @param version the version of the orchestrator that it began with; null for none
 * @param status where it is in its life
 * @param customStatus JSON text set by the orchestrator
 * @param output JSON text, once completed
 * @param failure once failed or terminated, and while blocked
 * @param parent who waits for it
 */
public record ExecutionSnapshot(
    int number,
    String executionId,
    String name,
    @Nullable String version,
    RuntimeStatus status,
    @Nullable String customStatus,
    @Nullable String output,
    @Nullable FailureDetails failure,
    @Nullable ParentTask parent) {

  /** That of an entity, which has one execution for ever. */
  public static ExecutionSnapshot entity(String instanceId) {
    return new ExecutionSnapshot(
        1,
        instanceId,
        EntityDelivery.entity(instanceId).name(),
        null,
        RuntimeStatus.RUNNING,
        null,
        null,
        null,
        null);
  }

  /** The same with another status, unfinished and unblocked. */
  public ExecutionSnapshot with(RuntimeStatus newStatus, @Nullable String newCustomStatus) {
    return new ExecutionSnapshot(
        number, executionId, name, version, newStatus, newCustomStatus, output, null, parent);
  }

  /** The same, ended. */
  public ExecutionSnapshot ended(
      RuntimeStatus finalStatus,
      @Nullable String finalOutput,
      @Nullable FailureDetails finalFailure) {
    return new ExecutionSnapshot(
        number,
        executionId,
        name,
        version,
        finalStatus,
        customStatus,
        finalOutput,
        finalFailure,
        parent);
  }

  /** The same, blocked for that reason. */
  ExecutionSnapshot blocked(FailureDetails reason) {
    return new ExecutionSnapshot(
        number,
        executionId,
        name,
        version,
        RuntimeStatus.BLOCKED,
        customStatus,
        output,
        reason,
        parent);
  }

  /** The same with another parent. */
  ExecutionSnapshot of(@Nullable ParentTask newParent) {
    return new ExecutionSnapshot(
        number, executionId, name, version, status, customStatus, output, failure, newParent);
  }

  /** The execution after this one, in that version of the code. */
  public ExecutionSnapshot next(String nextExecutionId, @Nullable String nextVersion) {
    return new ExecutionSnapshot(
        number + 1,
        nextExecutionId,
        name,
        nextVersion,
        RuntimeStatus.RUNNING,
        customStatus,
        null,
        null,
        parent);
  }

  /** The same execution, run again from its first line. */
  public ExecutionSnapshot again() {
    return next(executionId, version);
  }
}
