package dev.durable.ejb;

import dev.durable.DurableClient;
import dev.durable.cluster.DurableCluster;
import dev.durable.cluster.ScaleAdvice;
import dev.durable.core.entity.EntityInvocation;
import dev.durable.core.hub.ClusterClient;
import dev.durable.core.hub.TaskHubClient;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Payloads;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NodeLoad;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.worker.ActivityExecutor;
import dev.durable.core.worker.ActivityInvocation;
import dev.durable.core.worker.ActivityLimit;
import dev.durable.core.worker.EntityExecutor;
import dev.durable.core.worker.EpisodeExecutor;
import dev.durable.core.worker.InstanceCache;
import dev.durable.core.worker.LaneFigures;
import dev.durable.core.worker.LocalActivityExecutor;
import dev.durable.core.worker.LocalEntityExecutor;
import dev.durable.core.worker.LocalEpisodeExecutor;
import dev.durable.core.worker.Node;
import dev.durable.core.worker.NodeProfile;
import dev.durable.core.worker.OrchestratorThreads;
import dev.durable.core.worker.ParkingEpisodeExecutor;
import dev.durable.core.worker.PollPace;
import dev.durable.core.worker.Relay;
import dev.durable.core.worker.TaskHubOptions;
import dev.durable.core.worker.WakeUps;
import dev.durable.core.worker.Watchdog;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One node and its client, assembled and running. */
final class TaskHub implements NodeFigures {

  /**
   * What it is made of.
   *
   * @param node the name of this node, never used before
   * @param calls how functions are called where the caller does not say
   * @param schemaVersion what the tables are
   * @param payloads the limits of inputs and results
   * @param states those of the states of entities
   * @param limits of single activities
   * @param rows writes in the thread's transaction
   * @param store puts {@code rows} into transactions
   */
  record Parts(
      String node,
      HubSettings settings,
      CallDefaults calls,
      Map<String, ActivityLimit> limits,
      int schemaVersion,
      DeployedFunctions functions,
      Payloads payloads,
      Payloads states,
      DatabaseClock clock,
      TaskHubStore rows,
      TaskHubStore store,
      OwnTransaction transaction,
      TransactionSynchronizationRegistry transactions,
      NodeThreads threads,
      NodeStatus status,
      NodeMetrics metrics) {}

  private static final Logger LOG = System.getLogger(TaskHub.class.getName());
  private static final Duration LONGEST_WAKE_UP = Duration.ofHours(1);
  private static final int MOST_WAKE_UPS = 10_000;
  private static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);
  private static final Duration DRAIN_LOOK = Duration.ofMillis(20);

  private final Parts parts;
  private final TaskHubLog log;
  private final TaskHubOptions options;
  private final InstanceCache cache;
  private final Relay relay;
  private final EpisodeExecutor episodes;
  private final Node node;
  private final DurableClient client;
  private final DurableCluster cluster;
  private final Watchdog watchdog;
  private final List<Runnable> schedules = new ArrayList<>();
  private final AtomicBoolean running = new AtomicBoolean();

  /** Timers of which this node reminds itself. */
  private final AtomicInteger wakeUps = new AtomicInteger();

  private final AtomicBoolean serverRefuses = new AtomicBoolean();

  /**
   * By way of the loops, so that a poll counts only while these are alive; never more than one
   * waits for them.
   */
  private final OneWaiting poll;

  /** The same for the watchdog. */
  private final OneWaiting look;

  /** Assembles it; nothing runs yet. */
  TaskHub(Parts parts, TaskHubLog log) {
    this.parts = parts;
    this.log = log;
    this.poll = new OneWaiting(parts.threads().loops(), this::poll);
    this.look = new OneWaiting(parts.threads().loops(), () -> watchdog().look());
    FinishedInstances finished = new FinishedInstances();
    Listeners listeners =
        new Listeners(
            List.of(
                log, new ClusterLog(System.getLogger("dev.durable")), finished, parts.metrics()));
    this.options = parts.settings().options().limiting(parts.limits());
    this.cache = new InstanceCache(options.cacheBytes());
    this.relay = new Relay(parts.threads().userCode(), this::isOutsideTransactions);
    this.episodes = episodes();
    this.node = new Node(doors(), profile(), options, pace(), listeners, cache);
    this.cluster =
        new ClusterClient(
            parts.store(), parts.clock(), node, options, parts.settings().scaleLeadTime());
    this.watchdog = new Watchdog(parts.node(), parts.store(), parts.clock(), options, listeners);
    this.client =
        new TaskHubClient(
            parts.store(),
            parts.functions(),
            parts.payloads(),
            parts.clock(),
            TaskHub::freshId,
            this::startHere,
            new AfterCommit(parts.transactions(), new WakeUpsOnceRunning()),
            finished);
  }

  /** What a caller's transaction starts is not there before its commit. */
  private boolean startHere(NewInstance instance) {
    return running.get() && isOutsideTransactions() && node.starter().start(instance);
  }

  private boolean isOutsideTransactions() {
    return parts.transactions().getTransactionStatus() == Status.STATUS_NO_TRANSACTION;
  }

  private NodeProfile profile() {
    Duration grace = parts.settings().pollingInterval().multipliedBy(2);
    return new NodeProfile(
        Release.version(),
        parts.settings().versions(),
        grace.compareTo(SHORTEST_GRACE) < 0 ? SHORTEST_GRACE : grace);
  }

  private PollPace pace() {
    return new PollPace(
        parts.settings().pollingInterval(),
        parts.settings().maxPollingInterval(),
        new SplittableRandom());
  }

  private Node.Doors doors() {
    return new Node.Doors(
        parts.node(),
        parts.store(),
        parts.clock(),
        TaskHub::freshId,
        episodes,
        entities(),
        activities(),
        parts.functions(),
        parts.threads().loops(),
        this::wakeUpAt);
  }

  /** Each parked orchestrator holds a thread: only virtual ones can be held by the thousand. */
  private EpisodeExecutor episodes() {
    OrchestrationExecutor orchestrators =
        new OrchestrationExecutor(
            parts.functions(), parts.payloads(), parts.calls(), parts.settings().versions());
    Executor threads = relay;
    return parts.settings().parks()
        ? new ParkingEpisodeExecutor(
            OrchestratorThreads.of(threads, parts.threads().areVirtual()),
            orchestrators,
            parts.settings().maxParked())
        : new LocalEpisodeExecutor(threads, orchestrators);
  }

  private static String freshId() {
    return UUID.randomUUID().toString();
  }

  private EntityExecutor entities() {
    Executor threads = relay;
    EntityInvocation entities =
        new EntityInvocation(parts.functions(), parts.payloads(), parts.states(), TaskHub::freshId);
    return new ContainerEntityExecutor(
        new TransactionalEntityExecutor(threads, entities, recording(StoreCall.OPERATION)),
        new LocalEntityExecutor(threads, entities));
  }

  private ActivityExecutor activities() {
    Executor threads = relay;
    ActivityInvocation activities = new ActivityInvocation(parts.functions(), parts.payloads());
    return new ContainerActivityExecutor(
        parts.functions()::isTransactional,
        new TransactionalActivityExecutor(
            threads, activities, recording(StoreCall.ACTIVITY), parts.clock()),
        new LocalActivityExecutor(threads, activities));
  }

  private RecordingTransaction recording(StoreCall call) {
    return new RecordingTransaction(
        parts.rows(), parts.transaction(), parts.settings().activityTransactionTimeout(), call);
  }

  DurableClient client() {
    return client;
  }

  private Watchdog watchdog() {
    return watchdog;
  }

  DurableCluster cluster() {
    return cluster;
  }

  // ---- figures

  @Override
  public NodeLoad load() {
    return node.load();
  }

  @Override
  public InstanceCache.Figures cache() {
    return cache.figures();
  }

  @Override
  public LaneFigures lanes() {
    return node.lanes();
  }

  @Override
  public ParkingEpisodeExecutor.Figures parking() {
    return episodes instanceof ParkingEpisodeExecutor parking
        ? parking.figures()
        : new ParkingEpisodeExecutor.Figures(0, 0, 0, 0, 0);
  }

  @Override
  public Optional<ScaleAdvice> scale() {
    try {
      return Optional.of(cluster.scale());
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "The backlog could not be read", e);
      return Optional.empty();
    }
  }

  // ---- life

  /** Begins to look for work. Called again it does nothing. */
  void start() {
    if (!running.compareAndSet(false, true)) {
      return;
    }
    HubSettings settings = parts.settings();
    NodeThreads threads = parts.threads();
    threads.whenRefused(this::serverIsStopping);
    node.heartbeat(); // before the first claim, or others take it for one that has left
    schedules.add(threads.repeat("poll", node::nextPoll, poll::ask));
    threads.repeatOnOwnThread(
        "renewal of leases",
        settings.leaseRenewalInterval(),
        settings.leaseRenewalInterval().dividedBy(10),
        this::renew);
    threads.repeatOnWatch("watch of leases", settings.leaseWatchInterval(), node::watchLeases);
    schedules.add(threads.repeat("look of the watchdog", settings.watchdogInterval(), look::ask));
    threads.repeatOnOwnThread(
        "reading of the database's clock", settings.leaseRenewalInterval(), this::readClock);
    poll.ask();
    parts.status().running(settings, parts.schemaVersion(), node);
    parts.metrics().show(this);
    log.started(settings, parts.node(), parts.functions(), parts.schemaVersion());
  }

  private boolean renew() {
    boolean renewed = node.renewLeases();
    return node.heartbeat() && renewed;
  }

  /** Servers refuse new tasks before they tell the application that it ends. */
  private void serverIsStopping() {
    node.stopClaiming();
    if (serverRefuses.compareAndSet(false, true)) {
      parts.status().stopBegan();
      log.refused();
    }
  }

  /** What clients write before the start is found by the first poll. */
  private final class WakeUpsOnceRunning implements WakeUps {

    @Override
    public void instanceDue(InstanceKind kind) {
      if (running.get()) {
        node.wakeUps().instanceDue(kind);
      }
    }

    @Override
    public void instanceDueAt(InstanceKind kind, Instant visibleAt) {
      if (running.get()) {
        node.wakeUps().instanceDueAt(kind, visibleAt);
      }
    }
  }

  private void poll() {
    parts.status().pollBegan();
    node.poll();
  }

  private void readClock() {
    parts
        .status()
        .store()
        .watch(
            () -> {
              parts.clock().refresh();
              return true;
            });
  }

  /** What is due much later, or beyond the number that is remembered, is found by polls. */
  private void wakeUpAt(Instant time, Runnable wakeUp) {
    Duration delay = Duration.between(parts.clock().instant(), time);
    if (delay.compareTo(LONGEST_WAKE_UP) > 0 || wakeUps.get() >= MOST_WAKE_UPS) {
      return;
    }
    wakeUps.incrementAndGet();
    boolean scheduled = false;
    try {
      scheduled =
          parts
              .threads()
              .later(
                  delay.isNegative() ? Duration.ZERO : delay,
                  () -> {
                    wakeUps.decrementAndGet();
                    wakeUp.run();
                  });
    } finally {
      if (!scheduled) {
        wakeUps.decrementAndGet();
      }
    }
  }

  /** Ends it: claims nothing, lets running work end for the stop time-out, gives the rest back. */
  void stop() {
    Duration timeout = parts.settings().stopTimeout();
    parts.status().stopBegan();
    node.stopClaiming();
    schedules.forEach(Runnable::run);
    log.stopping(node.activeLeases(), timeout);
    long end = System.nanoTime() + timeout.toNanos();
    while (node.activeLeases() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(DRAIN_LOOK.toNanos());
      if (Thread.interrupted()) {
        LOG.log(Level.DEBUG, "The server interrupts the stop; what is running is given back now");
        break;
      }
    }
    awaitParked(end);
    parts.threads().endRenewal();
    int unfinished = node.activeLeases();
    node.releaseAll();
    parts.threads().end();
    log.stopped(unfinished);
  }

  /** So that no user code runs when the application is gone. */
  private void awaitParked(long end) {
    if (episodes instanceof ParkingEpisodeExecutor parking) {
      try {
        Duration rest = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        if (!parking.awaitAllLeft(rest)) {
          log.stillLeaving(parking.figures().leaving());
        }
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, "The server interrupts the stop; orchestrators may still leave", e);
      }
    }
  }
}
