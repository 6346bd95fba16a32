package dev.durable.core.replay;

import dev.durable.DurableTimer;
import dev.durable.OrchestrationContext;
import dev.durable.RetryPolicy;
import dev.durable.Task;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.replay.Decisions.CustomStatus;
import dev.durable.core.spi.Names;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.ResolvedFunction;
import dev.durable.function.FunctionReference;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The orchestrator's view of one run over past and fresh events. */
final class ReplayContext implements OrchestrationContext {

  private final OrchestratorTask task;
  private final Payloads payloads;
  private final ReplayRun run;
  private @Nullable CustomStatus customStatus;
  private int uuids;
  private int randoms;

  ReplayContext(OrchestratorTask task, ReplayRun run, Payloads payloads) {
    this.task = task;
    this.run = run;
    this.payloads = payloads;
  }

  /** What was set last; null if nothing was. */
  @Nullable CustomStatus customStatus() {
    return customStatus;
  }

  // ---- facts

  @Override
  public String instanceId() {
    return task.instance().id();
  }

  @Override
  public String executionId() {
    return task.executionId();
  }

  @Override
  public String name() {
    return task.name();
  }

  @Override
  public @Nullable String parentInstanceId() {
    return task.parentInstanceId();
  }

  @Override
  public Instant currentInstant() {
    return run.now();
  }

  @Override
  public UUID newUuid() {
    run.ensureUsable();
    return NameBasedUuid.of(task.executionId(), uuids++);
  }

  @Override
  public RandomGenerator newRandom() {
    run.ensureUsable();
    return run.random("random/" + randoms++);
  }

  @Override
  public System.Logger logger(String name) {
    return new ReplaySafeLogger(System.getLogger(name), run.player());
  }

  @Override
  public boolean isReplaying() {
    return run.player().isReplaying();
  }

  @Override
  public void setCustomStatus(@Nullable Object status) {
    run.ensureUsable();
    customStatus =
        new CustomStatus(payloads.write(status, "the custom status of " + task.instance()));
  }

  // ---- calls

  @Override
  public <R extends @Nullable Object> Task<R> call(
      String activity, @Nullable Object input, Class<R> resultType, RetryPolicy retry) {
    return activity(activity, input, resultType, retry);
  }

  @Override
  public <R extends @Nullable Object> Task<R> callActivity(
      FunctionReference activity, @Nullable Object input, RetryPolicy retry) {
    ResolvedFunction function = ResolvedFunction.activity(activity);
    return activity(function.name(), input, function.resultType(), retry);
  }

  private <R extends @Nullable Object> DurableTask<R> activity(
      String name, @Nullable Object input, Type resultType, RetryPolicy retry) {
    run.ensureUsable();
    Names.checkFunction(name);
    String json = payloads.write(input, "the input of activity " + name);
    if (retry.maxAttempts() == 1) {
      return attempt(name, json, resultType);
    }
    return new RetryingTask<>(
        run, "The activity " + name, retry, () -> attempt(name, json, resultType));
  }

  private <R extends @Nullable Object> DurableTask<R> attempt(
      String name, @Nullable String json, Type resultType) {
    return run.open()
        .call(new TaskScheduled(run.open().nextTaskId(), name, json), name, resultType);
  }

  @Override
  public <R extends @Nullable Object> Task<R> callSubOrchestrator(
      String orchestrator,
      @Nullable Object input,
      Class<R> resultType,
      @Nullable String instanceId) {
    return subOrchestration(orchestrator, input, resultType, instanceId);
  }

  @Override
  public <R extends @Nullable Object> Task<R> callOrchestrator(
      FunctionReference orchestrator, @Nullable Object input, @Nullable String instanceId) {
    ResolvedFunction function = ResolvedFunction.orchestrator(orchestrator);
    return subOrchestration(function.name(), input, function.resultType(), instanceId);
  }

  private <R extends @Nullable Object> DurableTask<R> subOrchestration(
      String name, @Nullable Object input, Type resultType, @Nullable String givenId) {
    run.ensureUsable();
    Names.checkFunction(name);
    if (givenId != null) {
      Names.checkInstanceId(givenId);
    }
    String json = payloads.write(input, "the input of orchestrator " + name);
    int taskId = run.open().nextTaskId();
    String childId = givenId == null ? task.executionId() + ":" + taskId : givenId;
    return run.open()
        .call(new SubOrchestrationInstanceCreated(taskId, childId, name, json), name, resultType);
  }

  @Override
  public DurableTimer createTimer(Duration delay) {
    run.ensureUsable();
    return run.timer(delay);
  }

  @Override
  public DurableTimer createTimer(Instant fireAt) {
    run.ensureUsable();
    return run.timer(fireAt);
  }

  @Override
  public <T extends @Nullable Object> Task<T> waitForEvent(String name, Class<T> payloadType) {
    run.ensureUsable();
    Names.checkEvent(name);
    return run.events().waitFor(name, payloadType);
  }

  @Override
  public <T extends @Nullable Object> Task<List<T>> allOf(List<? extends Task<? extends T>> tasks) {
    run.ensureUsable();
    return Combined.allOf(run, tasks);
  }

  @Override
  public <I, R extends @Nullable Object> Task<List<R>> fanOut(
      List<I> items, int limit, Function<? super I, ? extends Task<R>> call) {
    run.ensureUsable();
    if (limit < 1) {
      throw new IllegalArgumentException(
          "The limit of a fan-out is " + limit + "; allowed is 1 or more.");
    }
    return new FanOut<>(run, items, limit, call);
  }

  @Override
  public Task<Task<?>> anyOf(List<? extends Task<?>> tasks) {
    run.ensureUsable();
    return Combined.anyOf(run, tasks);
  }

  @Override
  public <T extends @Nullable Object> Iterable<Task<T>> inCompletionOrder(
      List<? extends Task<T>> tasks) {
    run.ensureUsable();
    return Combined.inCompletionOrder(run, tasks);
  }

  @Override
  public Error continueAsNew(@Nullable Object input) {
    run.ensureUsable();
    throw run.continueAsNew(payloads.write(input, "the input of " + task.name()));
  }
}
