package dev.durable.core.simulation;

import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.cluster.WatchdogReport;
import dev.durable.core.entity.EntityInvocation;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.simulation.Statistics.Counter;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.FunctionKey;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.Lease;
import dev.durable.core.testing.Faults;
import dev.durable.core.testing.FaultyTaskHubStore;
import dev.durable.core.testing.SimulatedCrash;
import dev.durable.core.testing.SimulatedFailure;
import dev.durable.core.testing.SimulatedOutage;
import dev.durable.core.testing.SteppedThreads;
import dev.durable.core.worker.ActivityExecutor;
import dev.durable.core.worker.ActivityInvocation;
import dev.durable.core.worker.EntityExecutor;
import dev.durable.core.worker.EpisodeExecutor;
import dev.durable.core.worker.InstanceCache;
import dev.durable.core.worker.LocalActivityExecutor;
import dev.durable.core.worker.LocalEntityExecutor;
import dev.durable.core.worker.Node;
import dev.durable.core.worker.NodeProfile;
import dev.durable.core.worker.ParkingEpisodeExecutor;
import dev.durable.core.worker.PollPace;
import dev.durable.core.worker.Relay;
import dev.durable.core.worker.TaskHubListener;
import dev.durable.core.worker.TaskHubOptions;
import dev.durable.core.worker.Watchdog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A server process: a node of the engine, its threads as a queue of what they would run, and its
 * fate.
 */
final class SimulatedNode implements SharedFaults.Mortal, Code.Fate {

  private record WakeUp(Instant at, long number, Runnable run) implements Comparable<WakeUp> {
    @Override
    public int compareTo(WakeUp other) {
      int byTime = at.compareTo(other.at);
      return byTime == 0 ? Long.compare(number, other.number) : byTime;
    }
  }

  static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
  static final Duration LONGEST_WAIT = Duration.ofMillis(80);

  /** How far the clock of a node may be behind. */
  static final Duration MAX_LAG = Duration.ofMillis(20);

  /** For how long they leave messages to others at most. */
  static final Duration MAX_GRACE = Duration.ofMillis(200);

  private final World world;
  private final String owner;
  private final Deployment deployment;
  private final RandomGenerator random;
  private final SteppedThreads threads;
  private final InstanceCache cache;
  private final ParkingEpisodeExecutor episodes;
  private final Node node;
  private final Watchdog watchdog;
  private final List<Runnable> runnables = new ArrayList<>();
  private final PriorityQueue<WakeUp> wakeUps = new PriorityQueue<>();
  private final PriorityQueue<WakeUp> delayed = new PriorityQueue<>();
  private long wakeUpNumbers;
  private boolean frozen;
  private boolean dead;

  SimulatedNode(
      World world,
      String owner,
      TaskHubOptions options,
      Deployment deployment,
      Function<SharedFaults.Mortal, Faults> faultsOf,
      RandomGenerator random) {
    this.world = world;
    this.owner = owner;
    this.deployment = deployment;
    this.random = random;
    world.entities().deployed(owner, deployment);
    Faults faults = faultsOf.apply(this);
    InstantSource clock =
        world.clock().behindBy(Duration.ofMillis(random.nextLong(MAX_LAG.toMillis())));
    FunctionRegistry functions = deployment.functions(world, this);
    Lacks lacks = new Lacks(world, owner, functions);
    Payloads payloads = new Payloads(new TextConverter(), 100_000);
    ActivityInvocation activities = new ActivityInvocation(functions, payloads);
    Executor relay =
        random.nextBoolean() ? new Relay(this::executeSomeTime, () -> true) : this::executeSomeTime;
    this.threads = new SteppedThreads(this::execute, this::goOn, relay, random.nextBoolean());
    ActivityExecutor local = new LocalActivityExecutor(relay, activities);
    ActivityExecutor transactional =
        new TransactionalActivityExecutor(this::execute, activities, door(true, faults), clock);
    EntityInvocation entities = new EntityInvocation(functions, payloads, payloads, world::id);
    EntityExecutor localEntities = new LocalEntityExecutor(relay, entities);
    EntityExecutor transactionalEntities =
        new TransactionalEntityExecutor(this::execute, entities, door(true, faults));
    this.cache = new InstanceCache(world.cacheSize());
    this.episodes =
        new ParkingEpisodeExecutor(
            threads,
            new OrchestrationExecutor(
                functions, payloads, CallDefaults.none(), Versions.standard()),
            world.maxParked());
    this.node =
        new Node(
            new Node.Doors(
                owner,
                door(false, faults),
                clock,
                world::id,
                observed(episodes, lacks),
                (task, callback) ->
                    (task.transactional() ? transactionalEntities : localEntities)
                        .offer(task, callback),
                (execution, callback) -> {
                  lacks.meetActivity(execution.item().task().name());
                  (isTransactional(execution.item()) ? transactional : local)
                      .offer(execution, new ObservedActivity(world, execution, callback));
                },
                lacks,
                this::execute,
                this::wakeUpAt),
            new NodeProfile(
                "1.0",
                Versions.standard(),
                Duration.ofMillis(random.nextLong(MAX_GRACE.toMillis()))),
            options,
            new PollPace(SHORTEST_WAIT, LONGEST_WAIT, new SplittableRandom(random.nextLong())),
            new Witness(),
            cache);
    this.watchdog = new Watchdog(owner, door(false, faults), clock, options, new Witness());
  }

  private static EpisodeExecutor observed(EpisodeExecutor episodes, Lacks lacks) {
    return new EpisodeExecutor() {
      @Override
      public void offer(OrchestratorTask task, Callback callback) {
        lacks.meetOrchestrator(
            new FunctionKey(InstanceKind.ORCHESTRATION, task.name(), task.version()));
        episodes.offer(task, callback);
      }

      @Override
      public void forget(InstanceRef instance) {
        episodes.forget(instance);
      }

      @Override
      public void stop() {
        episodes.stop();
      }
    };
  }

  private FaultyTaskHubStore door(boolean withBusinessWrites, Faults faults) {
    return new FaultyTaskHubStore(
        new WatchedStore(world.hub().open(), world, withBusinessWrites), faults);
  }

  private static boolean isTransactional(ActivityWorkItem item) {
    return item.task().name().equals(Activities.TRANSFER);
  }

  // ---- its threads

  private void execute(Runnable runnable) {
    if (dead) {
      return;
    }
    if (!world.isCalm() && random.nextInt(200) == 0) {
      world.statistics().count(Counter.THREADS_REFUSED);
      throw new RejectedExecutionException("no threads left");
    }
    runnables.add(runnable);
  }

  /** As where a processor is busy: now and then it takes long. */
  private void executeSomeTime(Runnable runnable) {
    if (dead || world.isCalm() || random.nextInt(10) > 0) {
      execute(runnable);
      return;
    }
    Instant at = world.clock().instant().plusMillis(random.nextInt(300));
    delayed.add(new WakeUp(at, wakeUpNumbers++, () -> runnables.add(runnable)));
  }

  private void goOn(Runnable parked) {
    if (!dead) {
      runnables.add(parked);
    }
  }

  private void wakeUpAt(Instant time, Runnable wakeUp) {
    boolean kept = random.nextInt(4) > 0; // hints may get lost
    if (kept) {
      wakeUps.add(new WakeUp(time, wakeUpNumbers++, wakeUp));
    }
  }

  boolean isReady() {
    return !dead && !frozen && (!runnables.isEmpty() || isWakeUpDue() || isDelayOver());
  }

  private boolean isWakeUpDue() {
    return !wakeUps.isEmpty() && !wakeUps.peek().at().isAfter(world.clock().instant());
  }

  private boolean isDelayOver() {
    return !delayed.isEmpty()
        && (world.isCalm() || !delayed.peek().at().isAfter(world.clock().instant()));
  }

  /** Lets one of its threads go on. */
  void run() {
    while (isDelayOver()) {
      delayed.remove().run().run();
    }
    while (isWakeUpDue()) {
      wakeUps.remove().run().run();
    }
    if (!runnables.isEmpty()) {
      runnables.remove(random.nextInt(runnables.size())).run();
    }
  }

  Node node() {
    return node;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  String owner() {
    return owner;
  }

  // ---- its fate

  void freeze() {
    frozen = true;
  }

  void thaw() {
    frozen = false;
  }

  /** Its threads and all that it had in memory are gone. */
  void end() {
    if (!dead) {
      dead = true;
      runnables.clear();
      wakeUps.clear();
      delayed.clear();
      threads.close();
      count();
    }
  }

  private void count() {
    world.statistics().count(Counter.HISTORIES_REMEMBERED, cache.figures().hits());
    world.statistics().count(Counter.HISTORIES_EVICTED, cache.figures().evictions());
    world.statistics().count(Counter.RUNS_CONTINUED, episodes.figures().continued());
    world.statistics().count(Counter.RUNS_EVICTED, episodes.figures().evicted());
    world.statistics().count(Counter.THREADS_LENT, threads.lent());
    world.statistics().count(Counter.TASKS_WAITED, node.lanes().waited());
    if (node.lanes().waitedInVain() > 0) {
      world.statistics().named("activity", "waited in vain");
    }
  }

  @Override
  public void die() {
    if (!dead) {
      world.statistics().count(Counter.NODES_CRASHED);
      world.trace().add("crash", owner, 0);
      end();
    }
  }

  /** User code that ends nodes does so once or until the chaos is over, as its label says. */
  @Override
  public void meets(String label) {
    boolean always = Flakiness.number(label, 2) == 0;
    if (!world.isCalm() && (world.ledger().died(label) == 1 || always)) {
      die();
      throw new SimulatedCrash("ended by " + label);
    }
  }

  boolean isCurrent() {
    return deployment == Deployment.CURRENT;
  }

  boolean isFrozen() {
    return frozen;
  }

  @Override
  public boolean isDead() {
    return dead;
  }

  boolean isIdle() {
    return runnables.isEmpty() && delayed.isEmpty() && node.activeLeases() == 0;
  }

  /** Sees to it that nothing goes wrong that was not made to go wrong. */
  private final class Witness implements TaskHubListener {

    @Override
    public void instanceFinished(InstanceRef instance, String name, RuntimeStatus status) {
      world.require(world.ledger().toldFinished(instance.id()), "what is told is stored", instance);
      world.statistics().count(Counter.INSTANCES_FINISHED);
      if (status == RuntimeStatus.TERMINATED) {
        world.statistics().count(Counter.INSTANCES_TERMINATED);
      }
    }

    @Override
    public void instanceBlocked(
        InstanceRef instance, String name, FailureDetails reason, Instant until) {
      world.statistics().count(Counter.INSTANCES_BLOCKED);
      String type = reason.type().substring(reason.type().lastIndexOf('.') + 1);
      world.statistics().named("blocked", type);
      world.require(
          deployment.mayBlock(type) || (type.equals(FailureDetails.POISONED) && world.isHasty()),
          "what code can run is not blocked: " + reason.message(),
          world.contents(instance.id()));
    }

    @Override
    public void messagesDropped(InstanceRef instance, int count) {
      world.statistics().count(Counter.MESSAGES_DROPPED, count);
    }

    @Override
    public void leaseLost(Lease lease) {
      world.statistics().count(Counter.LEASES_LOST);
    }

    @Override
    public void leftToOthers(FunctionKey code, String other) {
      world.statistics().named("left to others", code.kind().name());
    }

    @Override
    public void activityLeftToOthers(String activity, String other) {
      world.statistics().named("left to others", "ACTIVITY");
    }

    @Override
    public void nodeDraining(boolean draining) {
      world.statistics().named("node", draining ? "drained" : "resumed");
    }

    @Override
    public void abandonedReleased(int leases) {
      world.statistics().named("watchdog", "released");
    }

    @Override
    public void watchdogFound(WatchdogReport all, WatchdogReport fresh) {
      if (!fresh.overdue().isEmpty()) {
        world.statistics().named("watchdog", "found what is overdue");
      }
      if (!fresh.orphans().isEmpty()) {
        world.statistics().named("watchdog", "found orphans");
      }
    }

    @Override
    public void workReleased(Lease lease, Throwable reason, Instant claimableFrom) {
      world.statistics().count(Counter.WORK_RELEASED);
      expect(reason);
    }

    @Override
    public void storeFailed(String what, Throwable reason) {
      expect(reason);
    }

    private void expect(Throwable reason) {
      boolean wasMadeToFail =
          reason instanceof SimulatedFailure
              || reason instanceof SimulatedOutage
              || reason instanceof SimulatedCrash
              || reason instanceof RejectedExecutionException;
      if (!wasMadeToFail) {
        throw world.violated("Only what was made to fail fails: " + reason, reason);
      }
    }
  }
}
