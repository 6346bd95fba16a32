package dev.durable.core.hub;

import dev.durable.DurableClient;
import dev.durable.EntityCleanUp;
import dev.durable.EntityId;
import dev.durable.EntityPage;
import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import dev.durable.HistoryEntry;
import dev.durable.InstanceFilter;
import dev.durable.InstanceNotFoundException;
import dev.durable.InstancePage;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationFailedException;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.SignalOptions;
import dev.durable.StartOptions;
import dev.durable.TerminateOptions;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.hub.Waiting.Ending;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Names;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.ResolvedFunction;
import dev.durable.core.spi.ResolvedOperation;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.worker.Starter;
import dev.durable.core.worker.WakeUps;
import dev.durable.function.FunctionReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client over a store. Where a host has transactions, the store joins them and the wake-ups
 * wait for their commit: that is the host's doing, this class does not see it.
 */
public final class TaskHubClient implements DurableClient {

  private final TaskHubStore store;
  private final FunctionRegistry functions;
  private final Payloads payloads;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final Waiting waiting;
  private final Starts starts;
  private final LifeCycle lifeCycle;
  private final Entities entities;

  /** Over those doors, without a shorter way for starts. */
  public TaskHubClient(
      TaskHubStore store,
      FunctionRegistry functions,
      Payloads payloads,
      InstantSource clock,
      Supplier<String> ids,
      WakeUps wakeUps,
      FinishSignal finishSignal) {
    this(store, functions, payloads, clock, ids, Starter.none(), wakeUps, finishSignal);
  }

  /** Over those doors. */
  public TaskHubClient(
      TaskHubStore store,
      FunctionRegistry functions,
      Payloads payloads,
      InstantSource clock,
      Supplier<String> ids,
      Starter starter,
      WakeUps wakeUps,
      FinishSignal finishSignal) {
    this.store = store;
    this.functions = functions;
    this.payloads = payloads;
    this.clock = clock;
    this.ids = ids;
    this.waiting = new Waiting(store, clock, finishSignal);
    this.starts = new Starts(store, functions, clock, ids, starter, wakeUps, finishSignal);
    this.lifeCycle = new LifeCycle(store, clock, ids, wakeUps);
    this.entities = new Entities(store, functions, payloads, clock, ids, wakeUps);
  }

  // ---- start

  @Override
  public String start(String orchestrator, @Nullable Object input, StartOptions options) {
    starts.checkKnown(orchestrator);
    return starts.start(
        orchestrator, payloads.write(input, "the input of " + orchestrator), options);
  }

  @Override
  public String startWithJson(String orchestrator, @Nullable String json, StartOptions options) {
    starts.checkKnown(orchestrator);
    return starts.start(
        orchestrator, payloads.check(json, "the input of " + orchestrator), options);
  }

  @Override
  public String startOrchestrator(
      FunctionReference orchestrator, @Nullable Object input, StartOptions options) {
    return start(ResolvedFunction.orchestrator(orchestrator).name(), input, options);
  }

  @Override
  public void restart(String instanceId) {
    starts.restart(found(instanceId));
  }

  @Override
  public String restartAs(String instanceId, @Nullable String newInstanceId) {
    return starts.restartAs(found(instanceId), newInstanceId);
  }

  private OrchestrationStatus found(String instanceId) {
    return status(instanceId).orElseThrow(() -> new InstanceNotFoundException(instanceId));
  }

  // ---- events

  @Override
  public void raiseEvent(String instanceId, String name, @Nullable Object payload) {
    raise(instanceId, name, what -> payloads.write(payload, what), null);
  }

  @Override
  public void raiseEvent(String instanceId, String name, @Nullable Object payload, String eventId) {
    raise(instanceId, name, what -> payloads.write(payload, what), eventId);
  }

  @Override
  public void raiseEventWithJson(String instanceId, String name, @Nullable String json) {
    raise(instanceId, name, what -> payloads.check(json, what), null);
  }

  @Override
  public void raiseEventWithJson(
      String instanceId, String name, @Nullable String json, String eventId) {
    raise(instanceId, name, what -> payloads.check(json, what), eventId);
  }

  /** The name first: the messages about a payload repeat it. */
  private void raise(
      String instanceId,
      String name,
      Function<String, @Nullable String> checkedPayload,
      @Nullable String eventId) {
    Names.checkEvent(name);
    String json = checkedPayload.apply("the payload of event " + name);
    String id = "event:" + (eventId == null ? ids.get() : Names.checkEventId(eventId));
    lifeCycle.send(instanceId, id, new EventRaised(id, name, json), eventId != null);
  }

  // ---- life cycle

  @Override
  public void terminate(String instanceId, TerminateOptions options) {
    lifeCycle.terminate(instanceId, options);
  }

  @Override
  public void suspend(String instanceId, @Nullable String reason) {
    lifeCycle.suspend(instanceId, reason);
  }

  @Override
  public void resume(String instanceId, @Nullable String reason) {
    lifeCycle.resume(instanceId, reason);
  }

  @Override
  public void rewind(String instanceId, @Nullable String reason) {
    lifeCycle.rewind(instanceId, reason);
  }

  @Override
  public void purge(String instanceId) {
    lifeCycle.purge(instanceId);
  }

  @Override
  public long purge(InstanceFilter filter) {
    return lifeCycle.purge(filter);
  }

  // ---- reading

  @Override
  public Optional<OrchestrationStatus> status(String instanceId) {
    return store.status(Names.checkInstanceId(instanceId));
  }

  @Override
  public InstancePage list(InstanceQuery query) {
    LifeCycle.check(query.filter());
    return store.list(query);
  }

  @Override
  public List<HistoryEntry> history(String instanceId) {
    return HistoryView.of(
        store
            .history(Names.checkInstanceId(instanceId))
            .orElseThrow(() -> new InstanceNotFoundException(instanceId)));
  }

  @Override
  public Set<String> orchestrators() {
    return new TreeSet<>(functions.orchestratorNames());
  }

  // ---- entities

  @Override
  public void signalEntity(
      EntityId entity, String operation, @Nullable Object input, SignalOptions options) {
    entities.signal(entity, operation, what -> payloads.write(input, what), options);
  }

  @Override
  public void signalEntityWithJson(
      EntityId entity, String operation, @Nullable String json, SignalOptions options) {
    entities.signal(entity, operation, what -> payloads.check(json, what), options);
  }

  @Override
  public void signalOperation(
      EntityId entity, FunctionReference operation, @Nullable Object input, SignalOptions options) {
    signalEntity(entity, ResolvedOperation.of(operation, entity).name(), input, options);
  }

  @Override
  public void deleteEntity(EntityId entity) {
    entities.delete(entity);
  }

  @Override
  public <T> Optional<T> readEntity(EntityId entity, Class<T> type) {
    return entities.read(entity, type);
  }

  @Override
  public Optional<EntityStatus> entityStatus(EntityId entity) {
    return entities.status(entity);
  }

  @Override
  public EntityPage listEntities(EntityQuery query) {
    return entities.list(query);
  }

  @Override
  public EntityCleanUp cleanUpEntities(Duration emptyFor) {
    return entities.cleanUp(emptyFor);
  }

  @Override
  public Set<String> entities() {
    return new TreeSet<>(functions.entityNames());
  }

  // ---- waiting

  @Override
  @SuppressWarnings("unchecked") // read as that type
  public <R extends @Nullable Object> R await(
      String instanceId, Class<R> resultType, Duration timeout) {
    Ending ending = waiting.await(instanceId, timeout);
    if (ending instanceof Ending.Told told) {
      return (R) result(told.completed().name(), told.completed().output(), resultType);
    }
    OrchestrationStatus status = ((Ending.Seen) ending).status();
    if (status.runtimeStatus() != RuntimeStatus.COMPLETED) {
      throw new OrchestrationFailedException(status);
    }
    return (R) result(status.name(), status.output(), resultType);
  }

  private @Nullable Object result(String name, @Nullable String output, Class<?> type) {
    return payloads.read(output, type, "the result of " + name);
  }

  /** Whoever tells of an end does not tell all. */
  @Override
  public OrchestrationStatus awaitFinished(String instanceId, Duration timeout) {
    Ending ending = waiting.await(instanceId, timeout);
    return ending instanceof Ending.Seen seen ? seen.status() : found(instanceId);
  }
}
