package dev.durable.rest;

import dev.durable.AwaitTimeoutException;
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
import dev.durable.OrchestrationStatus;
import dev.durable.SignalOptions;
import dev.durable.StartOptions;
import dev.durable.TerminateOptions;
import dev.durable.UnknownFunctionException;
import dev.durable.function.FunctionReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A client with instances that a test puts there, which writes down what it is asked. */
@SuppressWarnings("overloads")
final class FakeClient implements DurableClient {

  final List<String> calls = new ArrayList<>();
  final Map<String, OrchestrationStatus> instances = new LinkedHashMap<>();
  final List<HistoryEntry> history = new ArrayList<>();
  StartOptions lastOptions = StartOptions.defaults();
  InstanceQuery lastQuery = InstanceQuery.all();
  InstanceFilter lastFilter = InstanceFilter.all();
  @Nullable String nextToken;
  @Nullable RuntimeException refusal;
  @Nullable RuntimeException failureOfWaiting;
  final Map<EntityId, EntityStatus> entities = new LinkedHashMap<>();
  EntityQuery lastEntityQuery = EntityQuery.all();
  private final Set<String> names = new TreeSet<>(Set.of("fulfil-order", "greet"));

  FakeClient with(OrchestrationStatus status) {
    instances.put(status.instanceId(), status);
    return this;
  }

  @Override
  public String startWithJson(String orchestrator, @Nullable String json, StartOptions options) {
    if (!names.contains(orchestrator)) {
      throw new UnknownFunctionException("orchestrator", orchestrator, names);
    }
    lastOptions = options;
    calls.add("start " + orchestrator + " " + json);
    refuse();
    return options.instanceId() == null ? "random-id" : options.instanceId();
  }

  @Override
  public void raiseEventWithJson(String instanceId, String name, @Nullable String json) {
    calls.add("raise " + instanceId + " " + name + " " + json);
    refuse();
  }

  @Override
  public void raiseEventWithJson(
      String instanceId, String name, @Nullable String json, String eventId) {
    calls.add("raise " + instanceId + " " + name + " " + json + " as " + eventId);
    refuse();
  }

  @Override
  public void terminate(String instanceId, TerminateOptions options) {
    calls.add("terminate " + instanceId + " " + options);
    refuse();
  }

  @Override
  public void suspend(String instanceId, @Nullable String reason) {
    calls.add("suspend " + instanceId + " " + reason);
    refuse();
  }

  @Override
  public void resume(String instanceId, @Nullable String reason) {
    calls.add("resume " + instanceId + " " + reason);
    refuse();
  }

  @Override
  public void rewind(String instanceId, @Nullable String reason) {
    calls.add("rewind " + instanceId + " " + reason);
    refuse();
  }

  @Override
  public void restart(String instanceId) {
    calls.add("restart " + instanceId);
    refuse();
  }

  @Override
  public String restartAs(String instanceId, @Nullable String newInstanceId) {
    calls.add("restart " + instanceId + " as " + newInstanceId);
    refuse();
    return newInstanceId == null ? "random-id" : newInstanceId;
  }

  @Override
  public void purge(String instanceId) {
    calls.add("purge " + instanceId);
    refuse();
  }

  @Override
  public long purge(InstanceFilter filter) {
    calls.add("purge by filter");
    lastFilter = filter;
    refuse();
    return 3;
  }

  @Override
  public Optional<OrchestrationStatus> status(String instanceId) {
    refuse();
    return Optional.ofNullable(instances.get(instanceId));
  }

  @Override
  public InstancePage list(InstanceQuery query) {
    lastQuery = query;
    refuse();
    return new InstancePage(List.copyOf(instances.values()), nextToken);
  }

  @Override
  public OrchestrationStatus awaitFinished(String instanceId, Duration timeout) {
    calls.add("await " + instanceId + " " + timeout);
    if (failureOfWaiting != null) {
      throw failureOfWaiting;
    }
    OrchestrationStatus status = instances.get(instanceId);
    if (status == null) {
      throw new InstanceNotFoundException(instanceId);
    }
    if (!status.runtimeStatus().isFinished()) {
      throw new AwaitTimeoutException(instanceId + " is running after " + timeout);
    }
    return status;
  }

  @Override
  public Set<String> orchestrators() {
    return names;
  }

  @Override
  public List<HistoryEntry> history(String instanceId) {
    return history;
  }

  @Override
  public String start(String orchestrator, @Nullable Object input, StartOptions options) {
    throw new UnsupportedOperationException("bodies are passed on as text");
  }

  @Override
  public String startOrchestrator(
      FunctionReference orchestrator, @Nullable Object input, StartOptions options) {
    throw new UnsupportedOperationException("bodies are passed on as text");
  }

  @Override
  public void raiseEvent(String instanceId, String name, @Nullable Object payload) {
    throw new UnsupportedOperationException("bodies are passed on as text");
  }

  @Override
  public void raiseEvent(String instanceId, String name, @Nullable Object payload, String eventId) {
    throw new UnsupportedOperationException("bodies are passed on as text");
  }

  @Override
  public <R extends @Nullable Object> R await(
      String instanceId, Class<R> resultType, Duration timeout) {
    throw new UnsupportedOperationException("results are passed on as text");
  }

  // ---- entities

  FakeClient with(EntityStatus status) {
    entities.put(status.id(), status);
    return this;
  }

  @Override
  public void signalEntityWithJson(
      EntityId entity, String operation, @Nullable String json, SignalOptions options) {
    calls.add("signal " + entity + " " + operation + " " + json + " " + options);
    refuse();
  }

  @Override
  public void deleteEntity(EntityId entity) {
    calls.add("delete " + entity);
    refuse();
  }

  @Override
  public Optional<EntityStatus> entityStatus(EntityId entity) {
    refuse();
    return Optional.ofNullable(entities.get(entity));
  }

  @Override
  public EntityPage listEntities(EntityQuery query) {
    lastEntityQuery = query;
    refuse();
    return new EntityPage(List.copyOf(entities.values()), nextToken);
  }

  @Override
  public EntityCleanUp cleanUpEntities(Duration emptyFor) {
    calls.add("clean up " + emptyFor);
    refuse();
    return new EntityCleanUp(3, 1);
  }

  @Override
  public Set<String> entities() {
    return Set.of("account", "counter");
  }

  @Override
  public void signalEntity(
      EntityId entity, String operation, @Nullable Object input, SignalOptions options) {
    throw new UnsupportedOperationException("bodies are passed on as text");
  }

  @Override
  public void signalOperation(
      EntityId entity, FunctionReference operation, @Nullable Object input, SignalOptions options) {
    throw new UnsupportedOperationException("bodies are passed on as text");
  }

  @Override
  public <T> Optional<T> readEntity(EntityId entity, Class<T> type) {
    throw new UnsupportedOperationException("states are passed on as text");
  }

  private void refuse() {
    if (refusal != null) {
      throw refusal;
    }
  }
}
