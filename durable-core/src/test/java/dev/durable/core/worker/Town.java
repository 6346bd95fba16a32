package dev.durable.core.worker;

import dev.durable.EntityId;
import dev.durable.FailureDetails;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.cluster.WatchdogReport;
import dev.durable.core.entity.EntityInvocation;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.hub.TaskHubClient;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.FunctionKey;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.Lease;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.testing.Histories;
import dev.durable.core.testing.JsonbConverter;
import dev.durable.core.testing.SteppedThreads;
import dev.durable.core.testing.TestFunctions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A task hub in memory with nodes, a clock and threads that move when the test says so. */
final class Town implements TaskHubListener {

  static final Duration SHORTEST_WAIT = Duration.ofMillis(500);
  static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /**
   * With {@code -Ddurable.lanes=closed} nodes go the ordinary way, unless a test says otherwise.
   */
  private static final FastLanes LANES =
      "closed".equals(System.getProperty("durable.lanes")) ? FastLanes.NONE : FastLanes.ALL;

  static final TaskHubOptions OPTIONS =
      new TaskHubOptions(
          Duration.ofSeconds(30),
          10,
          10,
          10,
          Map.of(),
          5,
          5,
          3,
          Duration.ofSeconds(1),
          Duration.ofSeconds(4),
          5_000,
          1_000,
          10_000,
          0,
          0,
          LANES);

  /** Those with these lanes, however the tests are run. */
  static TaskHubOptions with(FastLanes lanes, TaskHubOptions options) {
    return new TaskHubOptions(
        options.leaseTimeout(),
        options.maxConcurrentOrchestrations(),
        options.maxConcurrentEntities(),
        options.maxConcurrentActivities(),
        options.activityLimits(),
        options.maxClaim(),
        options.maxCommit(),
        options.maxAttempts(),
        options.firstRetryDelay(),
        options.maxRetryDelay(),
        options.maxEntityBatch(),
        options.historyWarning(),
        options.maxHistory(),
        options.partitionCount(),
        options.cacheBytes(),
        lanes);
  }

  /** The same with so many slots. */
  static TaskHubOptions slots(int orchestrations, int entities, int activities) {
    return limited(orchestrations, entities, activities, Map.of());
  }

  /** The same with so many slots for activities, of which those that are named may take fewer. */
  static TaskHubOptions limited(int activities, Map<String, ActivityLimit> limits) {
    return limited(10, 10, activities, limits);
  }

  private static TaskHubOptions limited(
      int orchestrations, int entities, int activities, Map<String, ActivityLimit> limits) {
    return new TaskHubOptions(
        OPTIONS.leaseTimeout(),
        orchestrations,
        entities,
        activities,
        limits,
        OPTIONS.maxClaim(),
        OPTIONS.maxCommit(),
        OPTIONS.maxAttempts(),
        OPTIONS.firstRetryDelay(),
        OPTIONS.maxRetryDelay(),
        OPTIONS.maxEntityBatch(),
        OPTIONS.historyWarning(),
        OPTIONS.maxHistory(),
        OPTIONS.partitionCount(),
        OPTIONS.cacheBytes(),
        OPTIONS.lanes());
  }

  static final NodeProfile PROFILE =
      new NodeProfile("1.0", Versions.standard(), Duration.ofSeconds(2));

  /** The same with so many partitions. */
  static TaskHubOptions partitioned(int count) {
    return new TaskHubOptions(
        OPTIONS.leaseTimeout(),
        10,
        10,
        10,
        Map.of(),
        5,
        5,
        3,
        OPTIONS.firstRetryDelay(),
        OPTIONS.maxRetryDelay(),
        5_000,
        1_000,
        10_000,
        count,
        0,
        LANES);
  }

  private static final Payloads PAYLOADS = new Payloads(new JsonbConverter(), 100_000);

  private static final Payloads STATES =
      new Payloads(new JsonbConverter(), 1_000, "durable.entity.max-state-size");

  private record WakeUp(Instant at, Runnable action) {}

  final TaskHubStore store = new InMemoryTaskHub().open();
  final TestFunctions functions = new TestFunctions();
  final List<String> log = new ArrayList<>();
  final List<Integer> batches = new ArrayList<>();
  private final List<WakeUp> wakeUps = new ArrayList<>();
  private Instant now = Histories.T0;
  private int ids;
  int idsToFail;
  boolean releasesAreToldInVain;
  boolean refusalsAreToldInVain;
  boolean wakeUpsGetLost;
  private final int maxParked;

  /** With {@code -Ddurable.parked=true} orchestrators stay parked where they wait. */
  Town() {
    this(Boolean.getBoolean("durable.parked") ? 10 : 0);
  }

  /** In which so many orchestrators are parked on each node at most. */
  Town(int maxParked) {
    this.maxParked = maxParked;
  }

  /** In which each episode replays, since code changes under running nodes. */
  static Town replaying() {
    return new Town(0);
  }

  // ---- nodes

  /** A node with its threads. */
  final class Inhabitant {
    final SteppedExecutor loops = new SteppedExecutor();
    final SteppedExecutor episodes = new SteppedExecutor();
    final SteppedExecutor entities = new SteppedExecutor();
    final SteppedExecutor activities = new SteppedExecutor();
    final InstanceCache cache = new InstanceCache(1_000_000);
    final Node node;
    private final @Nullable ParkingEpisodeExecutor parking;

    Inhabitant(String owner, TaskHubStore door, TaskHubOptions options, TestFunctions functions) {
      OrchestrationExecutor orchestrators =
          new OrchestrationExecutor(functions, PAYLOADS, CallDefaults.none(), Versions.standard());
      parking =
          maxParked == 0
              ? null
              : new ParkingEpisodeExecutor(
                  new SteppedThreads(episodes, episodes::add, episodes, true),
                  orchestrators,
                  maxParked);
      node =
          new Node(
              new Node.Doors(
                  owner,
                  door,
                  () -> now,
                  Town.this::freshId,
                  parking == null ? new LocalEpisodeExecutor(episodes, orchestrators) : parking,
                  new LocalEntityExecutor(
                      entities,
                      new EntityInvocation(functions, PAYLOADS, STATES, Town.this::freshId)),
                  new LocalActivityExecutor(
                      activities, new ActivityInvocation(functions, PAYLOADS)),
                  functions,
                  loops,
                  Town.this::wakeUpAt),
              PROFILE,
              options,
              new PollPace(SHORTEST_WAIT, LONGEST_WAIT, new SplittableRandom(1)),
              Town.this,
              cache);
    }

    /** How its orchestrators are parked. */
    ParkingEpisodeExecutor.Figures parking() {
      return Objects.requireNonNull(parking, "the town has places to park").figures();
    }

    /** Polls once, and then does whatever there is to do, without any further poll. */
    void poll() {
      node.poll();
      run();
    }

    void run() {
      while (loops.waiting() + episodes.waiting() + activities.waiting() + entities.waiting() > 0) {
        loops.runAll();
        episodes.runAll();
        entities.runAll();
        activities.runAll();
      }
    }
  }

  private void wakeUpAt(Instant at, Runnable action) {
    if (!wakeUpsGetLost) {
      wakeUps.add(new WakeUp(at, action));
    }
  }

  private String freshId() {
    if (idsToFail-- > 0) {
      throw new IllegalStateException("pretended");
    }
    return "id-" + ++ids;
  }

  Inhabitant node(String owner) {
    return node(owner, store, OPTIONS);
  }

  Inhabitant node(String owner, TaskHubStore door, TaskHubOptions options) {
    return new Inhabitant(owner, door, options, functions);
  }

  Inhabitant node(String owner, TaskHubStore door, TaskHubOptions options, TestFunctions deployed) {
    return new Inhabitant(owner, door, options, deployed);
  }

  /** A node that knows the others, with functions of its own. */
  Inhabitant neighbour(String owner, TestFunctions deployed) {
    return neighbour(owner, store, OPTIONS, deployed);
  }

  Inhabitant neighbour(
      String owner, TaskHubStore door, TaskHubOptions options, TestFunctions deployed) {
    Inhabitant neighbour = new Inhabitant(owner, door, options, deployed);
    neighbour.node.heartbeat();
    return neighbour;
  }

  // ---- time

  Instant now() {
    return now;
  }

  /** Lets time pass and gives the wake-ups that become due. */
  void pass(Duration time) {
    now = now.plus(time);
    List<WakeUp> due = wakeUps.stream().filter(w -> !w.at().isAfter(now)).toList();
    wakeUps.removeAll(due);
    due.forEach(w -> w.action().run());
  }

  // ---- clients

  /** A client of this hub; what it does wakes nobody. */
  TaskHubClient client() {
    WakeUps none =
        new WakeUps() {
          @Override
          public void instanceDue(InstanceKind kind) {}

          @Override
          public void instanceDueAt(InstanceKind kind, Instant visibleAt) {}
        };
    return new TaskHubClient(
        store,
        functions,
        PAYLOADS,
        () -> now,
        this::freshId,
        none,
        (id, atMost) -> Optional.empty());
  }

  void start(String id) {
    start(id, null);
  }

  void start(String id, @Nullable String input) {
    store.create(
        new NewInstance(id, id + "-e1", "sample", input, now, now, null),
        StartPolicy.REPLACE_FINISHED);
  }

  void raise(String id, String eventId, @Nullable String payload) {
    store.send(id, eventId, Histories.eventRaised(eventId, "go", payload), now, false);
  }

  void terminate(String id) {
    store.send(id, "terminate", Histories.executionTerminated(null), now, false);
  }

  OrchestrationStatus status(String id) {
    return store.status(id).orElseThrow();
  }

  List<String> history(String id) {
    return store.history(id).orElseThrow().stream().map(HistoryEvent::type).toList();
  }

  // ---- what was told

  @Override
  public void instanceStarted(InstanceRef instance, String name) {
    log.add(instance + " started");
  }

  @Override
  public void instanceFinished(InstanceRef instance, String name, RuntimeStatus status) {
    log.add(instance + " " + status);
  }

  @Override
  public void operationFinished(
      EntityId entity, String operation, boolean signal, @Nullable FailureDetails failure) {
    log.add(
        entity
            + (signal ? " was signaled " : " was called ")
            + operation
            + (failure == null ? "" : ": " + failure.type()));
  }

  @Override
  public void entityBatchFinished(EntityId entity, int operations) {
    batches.add(operations);
  }

  @Override
  public void messagesDropped(InstanceRef instance, int count) {
    log.add(instance + " dropped " + count);
  }

  @Override
  public void activityFinished(ActivityTask task, Completion completion) {
    log.add(task.name() + " " + completion.type());
  }

  @Override
  public void commitFenced(Lease lease) {
    log.add(lease.owner() + " fenced");
  }

  @Override
  public void leaseLost(Lease lease) {
    log.add(lease.owner() + " lost " + lease.instance());
  }

  @Override
  public void workReleased(Lease lease, Throwable reason, Instant claimableFrom) {
    log.add(
        lease.owner()
            + " released for "
            + Duration.between(now, claimableFrom)
            + ": "
            + reason.getClass().getSimpleName());
    if (releasesAreToldInVain) {
      throw new IllegalStateException("a bad listener");
    }
  }

  @Override
  public void instanceBlocked(
      InstanceRef instance, String name, FailureDetails reason, Instant until) {
    log.add(instance + " blocked: " + reason.type());
  }

  @Override
  public void historyLong(InstanceRef instance, String name, int events) {
    log.add(instance + " long: " + events);
  }

  @Override
  public void leftToOthers(FunctionKey code, String node) {
    log.add(code.name() + " is left to " + node);
    if (refusalsAreToldInVain) {
      throw new IllegalStateException("a bad listener");
    }
  }

  @Override
  public void activityLeftToOthers(String activity, String node) {
    log.add(activity + " is left to " + node);
    if (refusalsAreToldInVain) {
      throw new IllegalStateException("a bad listener");
    }
  }

  @Override
  public void nodeDraining(boolean draining) {
    log.add(draining ? "drained" : "resumed");
  }

  @Override
  public void abandonedReleased(int leases) {
    log.add("released " + leases + " of nodes that are gone");
  }

  @Override
  public void watchdogFound(WatchdogReport all, WatchdogReport fresh) {
    log.add(
        "found "
            + (all.overdue().size() + all.orphans().size())
            + ", "
            + (fresh.overdue().size() + fresh.orphans().size())
            + " of it new");
  }

  @Override
  public void storeFailed(String what, Throwable reason) {
    log.add("store failed: " + what);
  }
}
