package dev.durable.core.replay;

import dev.durable.ActivityOptions;
import dev.durable.CallOptions;
import dev.durable.Priority;
import dev.durable.RetryPolicy;
import dev.durable.SubOrchestrationOptions;
import dev.durable.core.history.CallDetails;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Names;
import dev.durable.core.spi.OrchestratorFunction;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Calls of activities and sub-orchestrations, with their retries. The options that count are those
 * recorded with the first attempt, so that other code or another configuration does not change a
 * call that is under way.
 */
final class Calls {

  private final ReplayRun run;
  private final OrchestratorTask task;
  private final Payloads payloads;
  private final CallDefaults defaults;
  private final FunctionRegistry functions;

  Calls(
      ReplayRun run,
      OrchestratorTask task,
      Payloads payloads,
      CallDefaults defaults,
      FunctionRegistry functions) {
    this.run = run;
    this.task = task;
    this.payloads = payloads;
    this.defaults = defaults;
    this.functions = functions;
  }

  // ---- activities

  <R extends @Nullable Object> DurableTask<R> activity(
      String name, @Nullable Object input, Type resultType, CallOptions given) {
    run.ensureUsable();
    Names.checkFunction(name);
    String json = payloads.write(input, "the input of activity " + name);
    ActivityOptions options = completed(name, given);
    int taskId = run.open().nextTaskId();
    CallDetails call =
        CallDetails.first(
            callId(taskId),
            retry(options.retry()),
            options.timeout(),
            Objects.requireNonNullElse(options.priority(), Priority.NORMAL));
    CallTask<R> first = attempt(new TaskScheduled(taskId, name, json, call), resultType);
    return retried(
        "The activity " + name,
        first,
        details(first).retry(),
        options.retry(),
        failed ->
            attempt(
                new TaskScheduled(
                    run.open().nextTaskId(), name, json, details(failed).next(failed.progress())),
                resultType));
  }

  private ActivityOptions completed(String name, CallOptions given) {
    ActivityOptions options =
        given instanceof RetryPolicy retry
            ? new ActivityOptions(retry, null, null)
            : (ActivityOptions) given;
    ActivityOptions configured = defaults.ofActivity(name);
    return new ActivityOptions(
        options.retry() == null ? configured.retry() : options.retry(),
        options.timeout() == null ? configured.timeout() : options.timeout(),
        options.priority() == null ? configured.priority() : options.priority());
  }

  private <R extends @Nullable Object> CallTask<R> attempt(TaskScheduled action, Type resultType) {
    return run.open().call(action, action.name(), resultType);
  }

  private static CallDetails details(CallTask<?> attempt) {
    return attempt.action().call();
  }

  private int callId(int taskId) {
    return CallDetails.newCallId(taskId, run.player().rewinds().size());
  }

  // ---- sub-orchestrations

  <R extends @Nullable Object> DurableTask<R> subOrchestration(
      String name, @Nullable Object input, Type resultType, SubOrchestrationOptions options) {
    run.ensureUsable();
    Names.checkFunction(name);
    if (options.instanceId() != null) {
      Names.checkInstanceId(options.instanceId());
    }
    String json = payloads.write(input, "the input of orchestrator " + name);
    int taskId = run.open().nextTaskId();
    RetryPolicy retry = options.retry() == null ? defaults.ofOrchestrator(name) : options.retry();
    CallDetails call = CallDetails.first(callId(taskId), retry(retry), null, Priority.NORMAL);
    CallTask<R> first = child(taskId, name, json, options, call, resultType);
    return retried(
        "The orchestrator " + name,
        first,
        details(first).retry(),
        options.retry(),
        failed ->
            child(
                run.open().nextTaskId(),
                name,
                json,
                options,
                details(failed).next(null),
                resultType));
  }

  private <R extends @Nullable Object> CallTask<R> child(
      int taskId,
      String name,
      @Nullable String json,
      SubOrchestrationOptions options,
      CallDetails call,
      Type resultType) {
    String id = options.instanceId() == null ? derivedId(taskId) : options.instanceId();
    return run.open()
        .call(
            new SubOrchestrationInstanceCreated(
                taskId, id, name, json, version(name, options.version()), call),
            name,
            resultType);
  }

  /**
   * In an execution that was rewound, a task may have the number of another one before, whose child
   * may still be there.
   */
  private String derivedId(int taskId) {
    String id = task.executionId() + ":" + taskId;
    return run.player().rewinds().isEmpty() ? id : id + ":" + task.execution();
  }

  /** What is recorded counts, so that the child keeps the version that was the newest then. */
  private @Nullable String version(String name, @Nullable String wanted) {
    return wanted != null
        ? Names.checkVersion(wanted)
        : Versions.newest(functions.orchestrators(name))
            .map(OrchestratorFunction::version)
            .orElse(null);
  }

  // ---- retries

  /** A policy that says something; null for one attempt. */
  private static @Nullable RetryPolicy retry(@Nullable RetryPolicy policy) {
    return policy == null || policy.maxAttempts() == 1 ? null : policy;
  }

  /** The handler is code, so it comes from there; all else is what was recorded. */
  private <R extends @Nullable Object> DurableTask<R> retried(
      String description,
      CallTask<R> first,
      @Nullable RetryPolicy recorded,
      @Nullable RetryPolicy written,
      UnaryOperator<CallTask<R>> again) {
    if (recorded == null) {
      return first;
    }
    RetryPolicy policy = written == null ? recorded : recorded.withHandler(written.handler());
    return new RetryingTask<>(run, description, policy, first, again);
  }
}
