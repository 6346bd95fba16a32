package dev.durable.core.entity;

import dev.durable.EntityContext;
import dev.durable.EntityId;
import dev.durable.UnknownFunctionException;
import dev.durable.core.entity.OperationOutcome.Signal;
import dev.durable.core.entity.OperationOutcome.Start;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.spi.EntityOperations;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Names;
import dev.durable.core.spi.OrchestratorFunction;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.ResolvedFunction;
import dev.durable.core.spi.ResolvedOperation;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.EntityDelivery;
import dev.durable.function.FunctionReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An operation's view of its call, and what it decides beside the state. */
final class OperationContext implements EntityContext {

  private final EntityTask task;
  private final EntityOperationRequested operation;
  private final boolean hasState;
  private final FunctionRegistry functions;
  private final Payloads payloads;
  private final Supplier<String> ids;
  private final List<Signal> signals = new ArrayList<>();
  private final List<Start> starts = new ArrayList<>();
  private @Nullable String result;
  private boolean replied;
  private boolean deleted;

  OperationContext(
      EntityTask task,
      EntityOperationRequested operation,
      boolean hasState,
      FunctionRegistry functions,
      Payloads payloads,
      Supplier<String> ids) {
    this.task = task;
    this.operation = operation;
    this.hasState = hasState;
    this.functions = functions;
    this.payloads = payloads;
    this.ids = ids;
  }

  /** What the method returned; it counts unless there was a reply. */
  void returned(@Nullable String json) {
    if (!replied) {
      result = json;
    }
  }

  boolean isDeleted() {
    return deleted;
  }

  OperationOutcome outcome() {
    return new OperationOutcome(result, null, signals, starts);
  }

  // ---- facts

  @Override
  public EntityId entityId() {
    return task.entity();
  }

  @Override
  public String operation() {
    return operation.operation();
  }

  @Override
  public Optional<String> callerInstanceId() {
    return Optional.ofNullable(operation.caller()).map(caller -> caller.instance().id());
  }

  @Override
  public Instant currentInstant() {
    return task.now();
  }

  @Override
  public boolean hasState() {
    return hasState;
  }

  // ---- decisions

  @Override
  public void deleteState() {
    deleted = true;
  }

  @Override
  public void reply(@Nullable Object answer) {
    result =
        payloads.write(
            answer, "the result of operation " + operation.operation() + " of " + task.entity());
    replied = true;
  }

  @Override
  public void signalEntity(EntityId entity, String name, @Nullable Object input) {
    signal(entity, name, input, null);
  }

  @Override
  public void signalEntity(EntityId entity, String name, @Nullable Object input, Instant at) {
    signal(entity, name, input, at);
  }

  @Override
  public void signalOperation(
      EntityId entity, FunctionReference reference, @Nullable Object input, @Nullable Instant at) {
    signal(entity, ResolvedOperation.of(reference, entity).name(), input, at);
  }

  private void signal(EntityId entity, String name, @Nullable Object input, @Nullable Instant at) {
    EntityOperations.checkKnown(functions, entity.name(), name);
    Instant storable = at == null ? null : Names.checkSignalTime(at, task.now());
    String json = payloads.write(input, "the input of operation " + name + " of entity " + entity);
    signals.add(new Signal(EntityDelivery.instanceId(entity), name, json, storable));
  }

  @Override
  public String startOrchestration(
      String orchestrator, @Nullable Object input, @Nullable String instanceId) {
    List<OrchestratorFunction> deployed = functions.orchestrators(orchestrator);
    if (deployed.isEmpty()) {
      throw new UnknownFunctionException(
          "orchestrator", orchestrator, functions.orchestratorNames());
    }
    String id = instanceId == null ? ids.get() : Names.checkInstanceId(instanceId);
    starts.add(
        new Start(
            id,
            orchestrator,
            Versions.newest(deployed).map(OrchestratorFunction::version).orElse(null),
            payloads.write(input, "the input of " + orchestrator)));
    return id;
  }

  @Override
  public String startOrchestrator(
      FunctionReference orchestrator, @Nullable Object input, @Nullable String instanceId) {
    return startOrchestration(
        ResolvedFunction.orchestrator(orchestrator).name(), input, instanceId);
  }
}
