package dev.durable.core.store;

import dev.durable.core.history.CallDetails;
import dev.durable.core.history.InstanceRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An activity to be run.
 *
 * @param instance who called it
 * @param execution the number of the execution that called it
 * @param executionId the id of that execution
 * @param taskId the task; with instance and execution it makes the activity's identity
 * @param name the activity
 * @param input JSON text
 * @param visibleAt from when on it may be claimed, by the database's clock
 * @param call what this attempt knows of its call; without the retry policy, which is the caller's
 */
public record ActivityTask(
    InstanceRef instance,
    int execution,
    String executionId,
    int taskId,
    String name,
    @Nullable String input,
    Instant visibleAt,
    CallDetails call) {

  /** The same with something else known of its call. */
  ActivityTask with(CallDetails known) {
    return new ActivityTask(
        instance, execution, executionId, taskId, name, input, visibleAt, known);
  }

  /** The same for every attempt of a call, and for no other call. */
  public String idempotencyKey() {
    return executionId + ":" + call.callId();
  }
}
