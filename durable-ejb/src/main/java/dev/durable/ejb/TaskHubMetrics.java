package dev.durable.ejb;

import dev.durable.EntityId;
import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.cluster.WatchdogReport;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.Lease;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happened on this node, for MicroProfile Metrics. Tags are the task hub and names of
 * functions, of which there are few.
 *
 * <p>Servers without MicroProfile Metrics never load this class: no bean mentions it in a
 * signature.
 */
final class TaskHubMetrics implements NodeMetrics {

  /** Names that are not deployed here are data, of which there may be many. */
  private static final String UNKNOWN = "unknown";

  private final MetricRegistry registry;
  private final FunctionRegistry functions;
  private final Tag hub;

  /** Looked up once: there are several for every step. */
  private final Map<StoreCall, Counter> transactions = new EnumMap<>(StoreCall.class);

  /** The same: there may be thousands in a batch. */
  private final Map<String, OfEntity> entities = new ConcurrentHashMap<>();

  private final AtomicInteger overdue = new AtomicInteger();
  private final AtomicInteger orphans = new AtomicInteger();

  private record OfEntity(Counter completed, Counter failed, Counter batches) {}

  /** And those by the name of a function: a registry takes longer to find one than to count. */
  private final Map<OfFunction, Counter> counters = new ConcurrentHashMap<>();

  private record OfFunction(String counter, String name) {}

  private TaskHubMetrics(MetricRegistry registry, FunctionRegistry functions, String taskHub) {
    this.registry = registry;
    this.functions = functions;
    this.hub = new Tag("hub", taskHub);
    Metadata transaction =
        described("durable_store_transactions", "Transactions that the engine has committed");
    for (StoreCall call : StoreCall.values()) {
      transactions.put(call, registry.counter(transaction, hub, new Tag("call", call.tag())));
    }
  }

  /** Over the server's registry; counts nothing if there is none. */
  static NodeMetrics over(
      Instance<Object> beans,
      String taskHub,
      FunctionRegistry functions,
      IntSupplier activeLeases) {
    Instance<MetricRegistry> registries =
        beans.select(MetricRegistry.class, Default.Literal.INSTANCE);
    if (registries.isUnsatisfied()) {
      return new NodeMetrics() {};
    }
    TaskHubMetrics metrics = new TaskHubMetrics(registries.get(), functions, taskHub);
    metrics.registry.gauge(
        described("durable_active_leases", "Work items in this node's hands"),
        activeLeases::getAsInt,
        metrics.hub);
    return metrics;
  }

  private static Metadata described(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }

  private String orchestrator(String name) {
    return functions.orchestrators(name).isEmpty() ? UNKNOWN : name;
  }

  private OfEntity entity(EntityId entity) {
    return entities.computeIfAbsent(
        entityName(entity),
        name -> {
          Tag tag = new Tag("name", name);
          return new OfEntity(
              counter("durable_entity_operations_completed", "Operations that completed", tag),
              counter("durable_entity_operations_failed", "Operations that failed", tag),
              counter("durable_entity_batches", "Commits that stored operations", tag));
        });
  }

  private String entityName(EntityId entity) {
    return functions.entity(entity.name()).isPresent() ? entity.name() : UNKNOWN;
  }

  private Counter counter(String name, String description, Tag... tags) {
    Tag[] all = Stream.concat(Stream.of(hub), Stream.of(tags)).toArray(Tag[]::new);
    return registry.counter(described(name, description), all);
  }

  private void count(String counter, String description, String function) {
    counters
        .computeIfAbsent(
            new OfFunction(counter, function),
            key -> counter(counter, description, new Tag("name", function)))
        .inc();
  }

  private void count(String counter, String description) {
    counter(counter, description).inc();
  }

  @Override
  public void instanceStarted(InstanceRef instance, String name) {
    count(
        "durable_orchestrations_started",
        "Orchestrations whose first episode was committed",
        orchestrator(name));
  }

  @Override
  public void instanceFinished(InstanceRef instance, String name, RuntimeStatus status) {
    String function = orchestrator(name);
    if (status == RuntimeStatus.COMPLETED) {
      count("durable_orchestrations_completed", "Orchestrations that completed", function);
    } else if (status == RuntimeStatus.FAILED) {
      count("durable_orchestrations_failed", "Orchestrations that failed", function);
    } else {
      count("durable_orchestrations_terminated", "Orchestrations that were terminated", function);
    }
  }

  @Override
  public void activityFinished(ActivityTask task, Completion completion) {
    String function = functions.activity(task.name()).isPresent() ? task.name() : UNKNOWN;
    if (completion instanceof TaskFailed) {
      count("durable_activities_failed", "Attempts of activities that failed", function);
    } else {
      count("durable_activities_completed", "Activities that completed", function);
    }
  }

  @Override
  public void operationFinished(
      EntityId entity, String operation, boolean signal, @Nullable FailureDetails failure) {
    OfEntity counters = entity(entity);
    (failure == null ? counters.completed() : counters.failed()).inc();
  }

  @Override
  public void entityBatchFinished(EntityId entity, int operations) {
    entity(entity).batches().inc();
  }

  @Override
  public void instanceBlocked(
      InstanceRef instance, String name, FailureDetails reason, Instant until) {
    if (EntityDelivery.isEntity(instance.id())) {
      count(
          "durable_entities_blocked",
          "Attempts after which an entity was left blocked",
          entityName(EntityDelivery.entity(instance.id())));
      return;
    }
    count(
        "durable_orchestrations_blocked",
        "Attempts after which an orchestration was left blocked",
        orchestrator(name));
  }

  @Override
  public void commitFenced(Lease lease) {
    count("durable_commits_fenced", "Results not stored because another node has the work");
  }

  @Override
  public void leaseLost(Lease lease) {
    count("durable_leases_lost", "Leases that were not renewed in time");
  }

  @Override
  public void storeFailed(String what, Throwable reason) {
    count("durable_store_failures", "Calls of the database that failed");
  }

  @Override
  public void abandonedReleased(int leases) {
    counter("durable_leases_abandoned", "Leases given back for nodes that have left").inc(leases);
  }

  @Override
  public void watchdogFound(WatchdogReport all, WatchdogReport fresh) {
    overdue.set(all.overdue().size());
    orphans.set(all.orphans().size());
  }

  @Override
  public void show(NodeFigures figures) {
    new NodeGauges(registry, hub, figures).register();
    registry.gauge(
        described("durable_watchdog_overdue", "Work that nobody claims, as the watchdog sees it"),
        overdue::get,
        hub);
    registry.gauge(
        described("durable_watchdog_orphans", "Orchestrations that nobody waits for any more"),
        orphans::get,
        hub);
  }

  @Override
  public void transactionCommitted(StoreCall call) {
    Objects.requireNonNull(transactions.get(call), "one for each").inc();
  }
}
