package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.EntityId;
import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.cluster.ScaleAdvice;
import dev.durable.cluster.WatchdogReport;
import dev.durable.core.history.CallDetails;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.spi.Failures;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.NodeLoad;
import dev.durable.core.worker.InstanceCache;
import dev.durable.core.worker.LaneFigures;
import dev.durable.core.worker.ParkingEpisodeExecutor;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.junit.jupiter.api.Test;

class TaskHubMetricsTest {

  private static final InstanceRef ORDER = new InstanceRef("order-1", 1);
  private static final ActivityTask CHARGE =
      new ActivityTask(ORDER, 1, "e-1", 0, "charge", null, Instant.EPOCH, CallDetails.only(0));

  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, Supplier<?>> gauges = new TreeMap<>();
  private final AtomicInteger leases = new AtomicInteger();
  private final NodeMetrics metrics =
      TaskHubMetrics.over(beans(), "hub-1", functions("fulfil", "charge", "counter"), leases::get);

  private static <T> T fake(Class<?> type, InvocationHandler handler) {
    @SuppressWarnings("unchecked")
    T fake = (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    return fake;
  }

  private Instance<Object> beans() {
    MetricRegistry registry = fake(MetricRegistry.class, this::registry);
    Instance<MetricRegistry> found =
        fake(
            Instance.class,
            (proxy, method, arguments) -> method.getName().equals("get") ? registry : false);
    return fake(Instance.class, (proxy, method, arguments) -> found);
  }

  private Object registry(Object proxy, Method method, Object[] arguments) {
    Tag[] tags = (Tag[]) arguments[arguments.length - 1];
    String name =
        ((Metadata) arguments[0]).getName()
            + Stream.of(tags)
                .map(tag -> tag.getTagName() + "=" + tag.getTagValue())
                .collect(Collectors.joining(",", "{", "}"));
    if (method.getName().equals("gauge")) {
      gauges.put(name, (Supplier<?>) arguments[1]);
      return (Gauge<Integer>) () -> 0;
    }
    return fake(Counter.class, (counter, called, none) -> counts.merge(name, 1, Integer::sum));
  }

  private static FunctionRegistry functions(String orchestrator, String activity, String entity) {
    return fake(
        FunctionRegistry.class,
        (proxy, method, arguments) ->
            method.getName().equals("orchestrators")
                ? orchestrator.equals(arguments[0]) ? List.of(new Object()) : List.of()
                : Optional.of(method.getName().equals("entity") ? entity : activity)
                    .filter(arguments[0]::equals));
  }

  @Test
  void startsAndEndsAreCountedByOrchestrator() {
    metrics.instanceStarted(ORDER, "fulfil");
    metrics.instanceFinished(ORDER, "fulfil", RuntimeStatus.COMPLETED);
    metrics.instanceFinished(ORDER, "fulfil", RuntimeStatus.FAILED);
    metrics.instanceFinished(ORDER, "fulfil", RuntimeStatus.FAILED);
    metrics.instanceFinished(ORDER, "from-elsewhere", RuntimeStatus.TERMINATED);

    assertThat(counts)
        .containsOnly(
            Map.entry("durable_orchestrations_started{hub=hub-1,name=fulfil}", 1),
            Map.entry("durable_orchestrations_completed{hub=hub-1,name=fulfil}", 1),
            Map.entry("durable_orchestrations_failed{hub=hub-1,name=fulfil}", 2),
            Map.entry("durable_orchestrations_terminated{hub=hub-1,name=unknown}", 1));
  }

  @Test
  void whatIsBlockedIsCountedByOrchestrator() {
    FailureDetails drift = Failures.of(new Exception("drift"));
    metrics.instanceBlocked(ORDER, "fulfil", drift, Instant.EPOCH);
    metrics.instanceBlocked(ORDER, "fulfil", drift, Instant.EPOCH);
    metrics.instanceBlocked(ORDER, "taken-away", drift, Instant.EPOCH);

    assertThat(counts)
        .containsOnly(
            Map.entry("durable_orchestrations_blocked{hub=hub-1,name=fulfil}", 2),
            Map.entry("durable_orchestrations_blocked{hub=hub-1,name=unknown}", 1));
  }

  @Test
  void attemptsAreCountedByActivityAndOutcome() {
    metrics.activityFinished(CHARGE, new TaskCompleted(0, null));
    metrics.activityFinished(CHARGE, new TaskCompleted(0, null));
    metrics.activityFinished(CHARGE, new TaskFailed(0, Failures.of(new Exception("no"))));

    assertThat(counts)
        .containsOnly(
            Map.entry("durable_activities_completed{hub=hub-1,name=charge}", 2),
            Map.entry("durable_activities_failed{hub=hub-1,name=charge}", 1));
  }

  @Test
  void operationsAreCountedByEntityAndOutcomeAndBatchesByEntity() {
    EntityId first = new EntityId("counter", "c1");
    EntityId second = new EntityId("counter", "c2");
    FailureDetails failure = Failures.of(new Exception("no"));
    metrics.operationFinished(first, "add", true, null);
    metrics.operationFinished(second, "get", false, null);
    metrics.operationFinished(second, "add", true, failure);
    metrics.entityBatchFinished(first, 1);
    metrics.entityBatchFinished(second, 2);
    metrics.operationFinished(new EntityId("taken-away", "c1"), "add", true, failure);

    assertThat(counts)
        .containsOnly(
            Map.entry("durable_entity_operations_completed{hub=hub-1,name=counter}", 2),
            Map.entry("durable_entity_operations_failed{hub=hub-1,name=counter}", 1),
            Map.entry("durable_entity_batches{hub=hub-1,name=counter}", 2),
            Map.entry("durable_entity_operations_failed{hub=hub-1,name=unknown}", 1));
  }

  @Test
  void aBlockedEntityIsNotTakenForAnOrchestration() {
    metrics.instanceBlocked(
        new InstanceRef("@counter@c1", 1),
        "counter",
        Failures.of(new Exception("no")),
        Instant.EPOCH);

    assertThat(counts)
        .containsOnly(Map.entry("durable_entities_blocked{hub=hub-1,name=counter}", 1));
  }

  @Test
  void whatGoesWrongIsCounted() {
    ActivityLease lease = new ActivityLease(ORDER, 1, 0, "node", 1);
    metrics.commitFenced(lease);
    metrics.leaseLost(lease);
    metrics.storeFailed("claim", new Exception("no"));

    assertThat(counts)
        .containsOnly(
            Map.entry("durable_commits_fenced{hub=hub-1}", 1),
            Map.entry("durable_leases_lost{hub=hub-1}", 1),
            Map.entry("durable_store_failures{hub=hub-1}", 1));
  }

  @Test
  void transactionsAreCountedByWhatTheyAreFor() {
    metrics.transactionCommitted(StoreCall.CLAIM_INSTANCES);

    assertThat(counts)
        .containsOnly(Map.entry("durable_store_transactions{hub=hub-1,call=claim-instances}", 1));
  }

  @Test
  void theLeasesThatTheNodeHoldsAreShown() {
    leases.set(7);

    assertThat(gauges).containsOnlyKeys("durable_active_leases{hub=hub-1}");
    assertThat(gauges.get("durable_active_leases{hub=hub-1}").get()).isEqualTo(7);
  }

  private final class Figures implements NodeFigures {

    @Override
    public NodeLoad load() {
      return new NodeLoad(100, 1, 50, 2, 40, 3);
    }

    @Override
    public InstanceCache.Figures cache() {
      return new InstanceCache.Figures(7, 8, 9, 10, 11);
    }

    @Override
    public ParkingEpisodeExecutor.Figures parking() {
      return new ParkingEpisodeExecutor.Figures(12, 13, 14, 15, 16);
    }

    @Override
    public LaneFigures lanes() {
      return new LaneFigures(17, 18, 22, 23, 19, 20, 21);
    }

    @Override
    public Optional<ScaleAdvice> scale() {
      return advice;
    }
  }

  private Optional<ScaleAdvice> advice = Optional.empty();

  private Object gauge(String name) {
    return gauges.get(name).get();
  }

  @Test
  void theFiguresOfTheNodeAreShown() {
    metrics.show(new Figures());

    assertThat(gauge("durable_slots{hub=hub-1,kind=entities}")).isEqualTo(50);
    assertThat(gauge("durable_slots_used{hub=hub-1,kind=activities}")).isEqualTo(3);
    assertThat(gauge("durable_local_starts{hub=hub-1}")).isEqualTo(17L);
    assertThat(gauge("durable_local_activities{hub=hub-1}")).isEqualTo(18L);
    assertThat(gauge("durable_activities_waited{hub=hub-1}")).isEqualTo(22L);
    assertThat(gauge("durable_activities_waited_in_vain{hub=hub-1}")).isEqualTo(23L);
    assertThat(gauge("durable_results_with_episode{hub=hub-1}")).isEqualTo(19L);
    assertThat(gauge("durable_episodes_unclaimed{hub=hub-1}")).isEqualTo(20L);
    assertThat(gauge("durable_episodes_in_vain{hub=hub-1}")).isEqualTo(21L);
    assertThat(gauge("durable_instance_cache_hits{hub=hub-1}")).isEqualTo(7L);
    assertThat(gauge("durable_instance_cache_bytes{hub=hub-1}")).isEqualTo(11L);
    assertThat(gauge("durable_episodes_continued{hub=hub-1}")).isEqualTo(12L);
    assertThat(gauge("durable_parked_orchestrators{hub=hub-1}")).isEqualTo(15);
  }

  @Test
  void whatWaitsInTheHubIsNoNumberWhileTheDatabaseDoesNotSay() {
    metrics.show(new Figures());
    assertThat(gauge("durable_scale_recommended_nodes{hub=hub-1}")).isEqualTo(Double.NaN);
    ScaleAdvice.Queue none = new ScaleAdvice.Queue(0, 0, Duration.ZERO);
    ScaleAdvice.Queue some = new ScaleAdvice.Queue(20, 4, Duration.ofMillis(1_500));
    advice = Optional.of(new ScaleAdvice(Instant.EPOCH, 3, 2, "why", none, none, some, null));

    assertThat(gauge("durable_scale_recommended_nodes{hub=hub-1}")).isEqualTo(3);
    assertThat(gauge("durable_live_nodes{hub=hub-1}")).isEqualTo(2);
    assertThat(gauge("durable_backlog_waiting{hub=hub-1,kind=activities}")).isEqualTo(20L);
    assertThat(gauge("durable_backlog_running{hub=hub-1,kind=activities}")).isEqualTo(4L);
    assertThat(gauge("durable_backlog_oldest_seconds{hub=hub-1,kind=activities}")).isEqualTo(1.5);
  }

  @Test
  void whatTheWatchdogHasFoundLastIsShown() {
    metrics.show(new Figures());
    metrics.watchdogFound(
        new WatchdogReport(
            Instant.EPOCH, List.of(), List.of(new WatchdogReport.Orphan("child", "parent"))),
        new WatchdogReport(Instant.EPOCH, List.of(), List.of()));

    assertThat(gauge("durable_watchdog_overdue{hub=hub-1}")).isEqualTo(0);
    assertThat(gauge("durable_watchdog_orphans{hub=hub-1}")).isEqualTo(1);
  }
}
