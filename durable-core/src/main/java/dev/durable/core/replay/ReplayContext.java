package dev.durable.core.replay;

import dev.durable.CallOptions;
import dev.durable.DurableTimer;
import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.OrchestrationContext;
import dev.durable.SubOrchestrationOptions;
import dev.durable.Task;
import dev.durable.core.history.HistoryEvent.EventSent;
import dev.durable.core.replay.Decisions.CustomStatus;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Names;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.ResolvedFunction;
import dev.durable.core.spi.ResolvedOperation;
import dev.durable.function.FunctionReference;
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
  private final Calls calls;
  private final Entities entities;
  private @Nullable CustomStatus customStatus;
  private int uuids;
  private int randoms;

  ReplayContext(
      OrchestratorTask task,
      ReplayRun run,
      Payloads payloads,
      CallDefaults defaults,
      FunctionRegistry functions) {
    this.task = task;
    this.run = run;
    this.payloads = payloads;
    this.entities = new Entities(run, payloads);
    this.calls = new Calls(run, task, payloads, defaults, functions);
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
  public @Nullable String version() {
    return task.version();
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
      String activity, @Nullable Object input, Class<R> resultType, CallOptions options) {
    return calls.activity(activity, input, resultType, options);
  }

  @Override
  public <R extends @Nullable Object> Task<R> callActivity(
      FunctionReference activity, @Nullable Object input, CallOptions options) {
    ResolvedFunction function = ResolvedFunction.activity(activity);
    return calls.activity(function.name(), input, function.resultType(), options);
  }

  @Override
  public <R extends @Nullable Object> Task<R> callSubOrchestrator(
      String orchestrator,
      @Nullable Object input,
      Class<R> resultType,
      SubOrchestrationOptions options) {
    entities.checkSubOrchestration();
    return calls.subOrchestration(orchestrator, input, resultType, options);
  }

  @Override
  public <R extends @Nullable Object> Task<R> callOrchestrator(
      FunctionReference orchestrator, @Nullable Object input, SubOrchestrationOptions options) {
    ResolvedFunction function = ResolvedFunction.orchestrator(orchestrator);
    entities.checkSubOrchestration();
    return calls.subOrchestration(function.name(), input, function.resultType(), options);
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
  public Task<@Nullable Void> sendEvent(String instanceId, String name, @Nullable Object payload) {
    run.ensureUsable();
    Names.checkInstanceId(instanceId);
    Names.checkEvent(name);
    String json = payloads.write(payload, "the payload of event " + name);
    return run.open().send(new EventSent(run.open().nextTaskId(), instanceId, name, json));
  }

  // ---- entities

  @Override
  public <R extends @Nullable Object> Task<R> callEntity(
      EntityId entity, String operation, @Nullable Object input, Class<R> resultType) {
    return entities.call(entity, operation, input, resultType);
  }

  @Override
  public <R extends @Nullable Object> Task<R> callOperation(
      EntityId entity, FunctionReference operation, @Nullable Object input) {
    ResolvedOperation resolved = ResolvedOperation.of(operation, entity);
    return entities.call(entity, resolved.name(), input, resolved.resultType());
  }

  @Override
  public void signalEntity(EntityId entity, String operation, @Nullable Object input) {
    entities.signal(entity, operation, input, null);
  }

  @Override
  public void signalEntity(EntityId entity, String operation, @Nullable Object input, Instant at) {
    entities.signal(entity, operation, input, at);
  }

  @Override
  public void signalOperation(
      EntityId entity, FunctionReference operation, @Nullable Object input, @Nullable Instant at) {
    entities.signal(entity, ResolvedOperation.of(operation, entity).name(), input, at);
  }

  @Override
  public EntityLock lock(List<EntityId> wanted) {
    return entities.lock(wanted);
  }

  @Override
  public List<EntityId> lockedEntities() {
    return entities.locked();
  }

  // ---- changes of the code

  @Override
  public boolean patched(String patchId) {
    run.ensureUsable();
    return run.player().patched(Names.checkPatch(patchId));
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
