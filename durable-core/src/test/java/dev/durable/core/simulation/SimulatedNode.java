package dev.durable.core.simulation;

import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.core.entity.EntityInvocation;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.simulation.Statistics.Counter;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.testing.Faults;
import dev.durable.core.testing.FaultyTaskHubStore;
import dev.durable.core.testing.SimulatedCrash;
import dev.durable.core.testing.SimulatedFailure;
import dev.durable.core.worker.ActivityExecutor;
import dev.durable.core.worker.ActivityInvocation;
import dev.durable.core.worker.EntityExecutor;
import dev.durable.core.worker.LocalActivityExecutor;
import dev.durable.core.worker.LocalEntityExecutor;
import dev.durable.core.worker.LocalEpisodeExecutor;
import dev.durable.core.worker.Node;
import dev.durable.core.worker.TaskHubListener;
import dev.durable.core.worker.TaskHubOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
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

  private final World world;
  private final String owner;
  private final Deployment deployment;
  private final RandomGenerator random;
  private final Node node;
  private final List<Runnable> runnables = new ArrayList<>();
  private final PriorityQueue<WakeUp> wakeUps = new PriorityQueue<>();
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
    InstantSource clock = world.clock().behindBy(Duration.ofMillis(random.nextInt(20)));
    FunctionRegistry functions = deployment.functions(world, this);
    Payloads payloads = new Payloads(new TextConverter(), 100_000);
    ActivityInvocation activities = new ActivityInvocation(functions, payloads);
    ActivityExecutor local = new LocalActivityExecutor(this::execute, activities);
    ActivityExecutor transactional =
        new TransactionalActivityExecutor(this::execute, activities, door(true, faults), clock);
    EntityInvocation entities = new EntityInvocation(functions, payloads, payloads, world::id);
    EntityExecutor localEntities = new LocalEntityExecutor(this::execute, entities);
    EntityExecutor transactionalEntities =
        new TransactionalEntityExecutor(this::execute, entities, door(true, faults));
    this.node =
        new Node(
            new Node.Doors(
                owner,
                door(false, faults),
                clock,
                world::id,
                new LocalEpisodeExecutor(
                    this::execute,
                    new OrchestrationExecutor(
                        functions, payloads, CallDefaults.none(), Versions.standard())),
                (task, callback) ->
                    (task.transactional() ? transactionalEntities : localEntities)
                        .offer(task, callback),
                (execution, callback) ->
                    (isTransactional(execution.item()) ? transactional : local)
                        .offer(execution, new ObservedActivity(world, execution, callback)),
                functions,
                this::execute,
                this::wakeUpAt),
            options,
            new Witness());
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

  private void wakeUpAt(Instant time, Runnable wakeUp) {
    boolean kept = random.nextInt(4) > 0; // hints may get lost
    if (kept) {
      wakeUps.add(new WakeUp(time, wakeUpNumbers++, wakeUp));
    }
  }

  boolean isReady() {
    return !dead && !frozen && (!runnables.isEmpty() || isWakeUpDue());
  }

  private boolean isWakeUpDue() {
    return !wakeUps.isEmpty() && !wakeUps.peek().at().isAfter(world.clock().instant());
  }

  /** Lets one of its threads go on. */
  void run() {
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
    dead = true;
    runnables.clear();
    wakeUps.clear();
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
    return runnables.isEmpty() && node.activeLeases() == 0;
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
              || reason instanceof SimulatedCrash
              || reason instanceof RejectedExecutionException;
      if (!wasMadeToFail) {
        throw world.violated("Only what was made to fail fails: " + reason, reason);
      }
    }
  }
}
