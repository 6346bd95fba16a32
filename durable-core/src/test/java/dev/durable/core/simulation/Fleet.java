package dev.durable.core.simulation;

import dev.durable.core.simulation.Statistics.Counter;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.testing.RandomFaults;
import dev.durable.core.testing.SimulatedCrash;
import dev.durable.core.testing.SimulatedOutage;
import dev.durable.core.worker.FastLanes;
import dev.durable.core.worker.Starter;
import dev.durable.core.worker.TaskHubOptions;
import dev.durable.core.worker.WakeUps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;

/** The nodes: how they start, work and end. */
final class Fleet {

  static final Duration LEASE = Duration.ofSeconds(1);

  private static final Deployment[] DEPLOYMENTS = Deployment.values();

  private final World world;
  private final RandomGenerator random;
  private final RandomFaults faults;
  private final Runnable othersWork;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private int booted;

  Fleet(World world, RandomGenerator random, RandomFaults faults, Runnable othersWork) {
    this.world = world;
    this.random = random;
    this.faults = faults;
    this.othersWork = othersWork;
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  /** A node with numbers of its own and a name that no other one had. */
  void boot() {
    TaskHubOptions options =
        new TaskHubOptions(
            LEASE,
            1 + random.nextInt(4),
            1 + random.nextInt(4),
            1 + random.nextInt(4),
            world.limits().onNode(random),
            1 + random.nextInt(5),
            1 + random.nextInt(5),
            world.maxAttempts(),
            Duration.ofMillis(1 + random.nextInt(20)),
            Duration.ofMillis(200),
            1 + random.nextInt(8),
            10_000,
            100_000,
            world.partitions(random),
            0,
            random.nextInt(4) == 0 ? FastLanes.NONE : FastLanes.ALL);
    SimulatedNode node =
        new SimulatedNode(
            world,
            "node-" + ++booted,
            options,
            deployment(),
            self -> new SharedFaults(world, faults, othersWork, self),
            random);
    nodes.add(node);
    heartbeat(node);
  }

  private Deployment deployment() {
    if (world.isCalm() || !world.isMixed() || random.nextInt(5) > 1) {
      return Deployment.CURRENT;
    }
    if (random.nextInt(6) == 0) {
      return counted(Deployment.FEW_ACTIVITIES);
    }
    if (world.isPopulated() && random.nextBoolean()) {
      return counted(random.nextInt(3) > 0 ? Deployment.FEW_ENTITIES : Deployment.DRIFTING);
    }
    return counted(DEPLOYMENTS[random.nextInt(DEPLOYMENTS.length)]);
  }

  private Deployment counted(Deployment drawn) {
    world.statistics().named("deployed", drawn.name());
    return drawn;
  }

  SimulatedNode any() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  void poll(SimulatedNode node) {
    in("poll", node, node.node()::poll);
    Duration wait = node.node().nextPoll();
    world.require(
        wait.compareTo(SimulatedNode.SHORTEST_WAIT.dividedBy(2)) > 0
            && wait.compareTo(SimulatedNode.LONGEST_WAIT) <= 0,
        "polls keep their pace",
        wait);
    if (wait.compareTo(SimulatedNode.SHORTEST_WAIT) > 0) {
      world.statistics().named("poll", "after an idle one");
    }
  }

  /** Its host waits for as long as it wants. */
  void pollInItsPace(SimulatedNode node) {
    world.clock().advance(node.node().nextPoll());
    poll(node);
  }

  void heartbeat(SimulatedNode node) {
    in("heartbeat", node, node.node()::heartbeat);
  }

  void watch(SimulatedNode node) {
    in("watch", node, node.watchdog()::look);
  }

  /** Its row says so; perhaps the order came to itself, and it knows at once. */
  void drain(SimulatedNode node, boolean draining) {
    boolean known = world.hub().open().drain(node.owner(), draining);
    if (known && random.nextBoolean()) {
      in("drain", node, () -> node.node().drain(draining));
    }
  }

  /** Often twice, because a node gives up a lease only when it misses it for the second time. */
  void renew(SimulatedNode node) {
    for (int times = 1 + random.nextInt(2); times > 0; times--) {
      in("renew", node, node.node()::renewLeases);
    }
  }

  void watchLeases(SimulatedNode node) {
    in("watch leases", node, node.node()::watchLeases);
  }

  /** Lets one thread of some node go on. */
  void run() {
    List<SimulatedNode> ready = nodes.stream().filter(SimulatedNode::isReady).toList();
    if (!ready.isEmpty()) {
      SimulatedNode node = ready.get(random.nextInt(ready.size()));
      in("run", node, node::run);
    }
  }

  /** What is running may still end in time, or its work is given back, or both. */
  void stop(SimulatedNode node) {
    world.statistics().count(Counter.NODES_STOPPED);
    in("stop", node, node.node()::stopClaiming);
    runSomeOf(node);
    in("release", node, node.node()::releaseAll);
    runSomeOf(node);
    node.end();
  }

  private void runSomeOf(SimulatedNode node) {
    for (int i = random.nextInt(4); i > 0 && node.isReady(); i--) {
      in("run", node, node::run);
    }
  }

  void freeze(SimulatedNode node) {
    world.statistics().count(Counter.NODES_FROZEN);
    world.trace().add("freeze", node.owner(), 0);
    node.freeze();
  }

  void thaw(SimulatedNode node) {
    world.trace().add("thaw", node.owner(), 0);
    node.thaw();
  }

  /** Something that a node does, and may not survive. */
  private void in(String what, SimulatedNode node, Runnable work) {
    if (node.isFrozen() || node.isDead()) {
      return;
    }
    world.trace().add(what, node.owner(), 0);
    try {
      work.run();
    } catch (SimulatedCrash e) {
      world.trace().add("was in", node.owner(), 0);
    } catch (RejectedExecutionException e) {
      world.trace().add("refused", node.owner(), 0); // a pool's thread would log it and go on
    }
  }

  /** All nodes are switched off. */
  void end() {
    nodes.forEach(SimulatedNode::end);
  }

  /** Clients start orchestrations on some node, and end with it, or elsewhere. */
  Starter starter() {
    return instance -> {
      SimulatedNode node = nodes.isEmpty() || random.nextInt(4) == 0 ? null : any();
      if (node == null || node.isFrozen() || node.isDead()) {
        return false;
      }
      world.trace().add("start on", node.owner(), 0);
      return node.node().starter((answer, atMost) -> await(node, answer, atMost)).start(instance);
    };
  }

  /**
   * While a client waits on a node, that goes on, and others may get ahead; now and then the client
   * does not wait long enough for what is short. What is long it waits for until the node answers,
   * or does not go on.
   */
  private void await(SimulatedNode node, CompletableFuture<?> answer, Duration atMost) {
    boolean isShort = atMost.compareTo(Fleet.LEASE) < 0;
    for (int steps = isShort ? random.nextInt(6) : 200; steps > 0 && !answer.isDone(); steps--) {
      if (node.isDead() || (node.isFrozen() && !isShort)) {
        throw new SimulatedOutage("the node of a client is gone");
      }
      if (node.isReady()) {
        in("run", node, node::run);
      } else {
        poll(node);
      }
      othersWork.run();
    }
    if (!isShort && !answer.isDone()) {
      throw new SimulatedOutage("the node of a client does not answer");
    }
  }

  /** Hints from clients reach some node, or none. */
  WakeUps hints() {
    return new WakeUps() {
      @Override
      public void instanceDue(InstanceKind kind) {
        if (!nodes.isEmpty()) {
          SimulatedNode node = any();
          in("hint", node, () -> node.node().wakeUps().instanceDue(kind));
        }
      }

      @Override
      public void instanceDueAt(InstanceKind kind, Instant visibleAt) {}
    };
  }
}
