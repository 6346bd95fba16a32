package dev.durable.ejb;

import dev.durable.DurableClient;
import dev.durable.EntityCleanUp;
import dev.durable.EntityId;
import dev.durable.EntityPage;
import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import dev.durable.HistoryEntry;
import dev.durable.InstanceFilter;
import dev.durable.InstancePage;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationStatus;
import dev.durable.SignalOptions;
import dev.durable.StartOptions;
import dev.durable.TerminateOptions;
import dev.durable.function.FunctionReference;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @Inject DurableClient} gives. Its first use starts the engine if the server has not
 * yet done so.
 */
@ApplicationScoped
@Typed(DurableClient.class)
class ContainerClient implements DurableClient {

  private final TaskHubStartup startup;
  private final SuspendedTransaction suspended;
  private volatile @Nullable DurableClient client;

  @Resource TransactionSynchronizationRegistry transactions;

  @Inject
  ContainerClient(TaskHubStartup startup, SuspendedTransaction suspended) {
    this.startup = startup;
    this.suspended = suspended;
  }

  private DurableClient client() {
    DurableClient known = client;
    if (known == null) {
      known = startup.client();
      client = known;
    }
    return known;
  }

  @Override
  public String start(String orchestrator, @Nullable Object input, StartOptions options) {
    return client().start(orchestrator, input, options);
  }

  @Override
  public String startWithJson(String orchestrator, @Nullable String json, StartOptions options) {
    return client().startWithJson(orchestrator, json, options);
  }

  @Override
  public String startOrchestrator(
      FunctionReference orchestrator, @Nullable Object input, StartOptions options) {
    return client().startOrchestrator(orchestrator, input, options);
  }

  @Override
  public void raiseEvent(String instanceId, String name, @Nullable Object payload) {
    client().raiseEvent(instanceId, name, payload);
  }

  @Override
  public void raiseEventWithJson(String instanceId, String name, @Nullable String json) {
    client().raiseEventWithJson(instanceId, name, json);
  }

  @Override
  public void raiseEvent(String instanceId, String name, @Nullable Object payload, String eventId) {
    client().raiseEvent(instanceId, name, payload, eventId);
  }

  @Override
  public void raiseEventWithJson(
      String instanceId, String name, @Nullable String json, String eventId) {
    client().raiseEventWithJson(instanceId, name, json, eventId);
  }

  @Override
  public void terminate(String instanceId, TerminateOptions options) {
    client().terminate(instanceId, options);
  }

  @Override
  public void suspend(String instanceId, @Nullable String reason) {
    client().suspend(instanceId, reason);
  }

  @Override
  public void resume(String instanceId, @Nullable String reason) {
    client().resume(instanceId, reason);
  }

  @Override
  public void rewind(String instanceId, @Nullable String reason) {
    client().rewind(instanceId, reason);
  }

  @Override
  public void restart(String instanceId) {
    client().restart(instanceId);
  }

  @Override
  public String restartAs(String instanceId, @Nullable String newInstanceId) {
    return client().restartAs(instanceId, newInstanceId);
  }

  @Override
  public void purge(String instanceId) {
    client().purge(instanceId);
  }

  @Override
  public long purge(InstanceFilter filter) {
    return client().purge(filter);
  }

  @Override
  public Optional<OrchestrationStatus> status(String instanceId) {
    return client().status(instanceId);
  }

  @Override
  public InstancePage list(InstanceQuery query) {
    return client().list(query);
  }

  @Override
  public <R extends @Nullable Object> R await(
      String instanceId, Class<R> resultType, Duration timeout) {
    return outsideTransaction(() -> client().await(instanceId, resultType, timeout));
  }

  @Override
  public OrchestrationStatus awaitFinished(String instanceId, Duration timeout) {
    return outsideTransaction(() -> client().awaitFinished(instanceId, timeout));
  }

  /**
   * A caller's transaction is suspended while it waits: in it, a provider would give the rows that
   * it has read before, again and again. Where there is none, the interceptor is spared, which
   * costs as much as all else that waiting does.
   */
  private <R extends @Nullable Object> R outsideTransaction(Supplier<R> waiting) {
    return transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION
        ? waiting.get()
        : suspended.during(waiting).get();
  }

  @Override
  public Set<String> orchestrators() {
    return client().orchestrators();
  }

  @Override
  public List<HistoryEntry> history(String instanceId) {
    return client().history(instanceId);
  }

  @Override
  public void signalEntity(
      EntityId entity, String operation, @Nullable Object input, SignalOptions options) {
    client().signalEntity(entity, operation, input, options);
  }

  @Override
  public void signalEntityWithJson(
      EntityId entity, String operation, @Nullable String json, SignalOptions options) {
    client().signalEntityWithJson(entity, operation, json, options);
  }

  @Override
  public void signalOperation(
      EntityId entity, FunctionReference operation, @Nullable Object input, SignalOptions options) {
    client().signalOperation(entity, operation, input, options);
  }

  @Override
  public void deleteEntity(EntityId entity) {
    client().deleteEntity(entity);
  }

  @Override
  public <T> Optional<T> readEntity(EntityId entity, Class<T> type) {
    return client().readEntity(entity, type);
  }

  @Override
  public Optional<EntityStatus> entityStatus(EntityId entity) {
    return client().entityStatus(entity);
  }

  @Override
  public EntityPage listEntities(EntityQuery query) {
    return client().listEntities(query);
  }

  @Override
  public EntityCleanUp cleanUpEntities(Duration emptyFor) {
    return client().cleanUpEntities(emptyFor);
  }

  @Override
  public Set<String> entities() {
    return client().entities();
  }
}
