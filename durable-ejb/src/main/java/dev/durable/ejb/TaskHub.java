package dev.durable.ejb;

import dev.durable.DurableClient;
import dev.durable.core.entity.EntityInvocation;
import dev.durable.core.hub.TaskHubClient;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Payloads;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.worker.ActivityExecutor;
import dev.durable.core.worker.ActivityInvocation;
import dev.durable.core.worker.EntityExecutor;
import dev.durable.core.worker.LocalActivityExecutor;
import dev.durable.core.worker.LocalEntityExecutor;
import dev.durable.core.worker.LocalEpisodeExecutor;
import dev.durable.core.worker.Node;
import dev.durable.core.worker.TaskHubListener;
import dev.durable.core.worker.WakeUps;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** One node and its client, assembled and running. */
final class TaskHub {

  /**
   * What it is made of.
   *
   * @param node the name of this node, never used before
   * @param calls how functions are called where the caller does not say
   * @param schemaVersion what the tables are
   * @param payloads the limits of inputs and results
   * @param states those of the states of entities
   * @param rows writes in the thread's transaction
   * @param store puts {@code rows} into transactions
   */
  record Parts(
      String node,
      HubSettings settings,
      CallDefaults calls,
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
      NodeStatus status) {}

  private static final Logger LOG = System.getLogger(TaskHub.class.getName());
  private static final Duration DRAIN_LOOK = Duration.ofMillis(20);

  private final Parts parts;
  private final TaskHubLog log;
  private final Node node;
  private final DurableClient client;
  private final List<Runnable> schedules = new ArrayList<>();
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean serverRefuses = new AtomicBoolean();

  /**
   * By way of the loops, so that a poll counts only while these are alive; never more than one
   * waits for them.
   */
  private final OneWaiting poll;

  /** Assembles it; nothing runs yet. */
  TaskHub(Parts parts, TaskHubLog log, List<TaskHubListener> others) {
    this.parts = parts;
    this.log = log;
    this.poll = new OneWaiting(parts.threads().loops(), this::poll);
    FinishedInstances finished = new FinishedInstances();
    List<TaskHubListener> listeners = new ArrayList<>(List.of(log, finished));
    listeners.addAll(others);
    this.node =
        new Node(doors(), parts.settings().options(), new Listeners(List.copyOf(listeners)));
    this.client =
        new TaskHubClient(
            parts.store(),
            parts.functions(),
            parts.payloads(),
            parts.clock(),
            TaskHub::freshId,
            new AfterCommit(parts.transactions(), new WakeUpsOnceRunning()),
            finished);
  }

  private Node.Doors doors() {
    return new Node.Doors(
        parts.node(),
        parts.store(),
        parts.clock(),
        TaskHub::freshId,
        new LocalEpisodeExecutor(
            parts.threads().userCode(),
            new OrchestrationExecutor(
                parts.functions(), parts.payloads(), parts.calls(), parts.settings().versions())),
        entities(),
        activities(),
        parts.functions(),
        parts.threads().loops(),
        this::wakeUpAt);
  }

  private static String freshId() {
    return UUID.randomUUID().toString();
  }

  private EntityExecutor entities() {
    Executor threads = parts.threads().userCode();
    EntityInvocation entities =
        new EntityInvocation(parts.functions(), parts.payloads(), parts.states(), TaskHub::freshId);
    return new ContainerEntityExecutor(
        new TransactionalEntityExecutor(threads, entities, recording(StoreCall.OPERATION)),
        new LocalEntityExecutor(threads, entities));
  }

  private ActivityExecutor activities() {
    Executor threads = parts.threads().userCode();
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

  /** How many work items are in this node's hands. */
  int activeLeases() {
    return node.activeLeases();
  }

  /** Begins to look for work. Called again it does nothing. */
  void start() {
    if (!running.compareAndSet(false, true)) {
      return;
    }
    HubSettings settings = parts.settings();
    NodeThreads threads = parts.threads();
    threads.whenRefused(this::serverIsStopping);
    schedules.add(threads.repeat("poll", settings.pollingInterval(), poll::ask));
    threads.repeatOnOwnThread(
        "renewal of leases", settings.leaseRenewalInterval(), node::renewLeases);
    threads.repeatOnOwnThread(
        "reading of the database's clock", settings.leaseRenewalInterval(), this::readClock);
    poll.ask();
    parts.status().running(parts.node(), settings, parts.schemaVersion(), node::activeLeases);
    log.started(settings, parts.node(), parts.functions(), parts.schemaVersion());
  }

  /** Servers refuse new tasks before they tell the application that it ends. */
  private void serverIsStopping() {
    node.stopClaiming();
    if (serverRefuses.compareAndSet(false, true)) {
      parts.status().drainingBegan();
      log.refused();
    }
  }

  /** What clients write before the start is found by the first poll. */
  private final class WakeUpsOnceRunning implements WakeUps {

    @Override
    public void instanceDue() {
      if (running.get()) {
        node.wakeUps().instanceDue();
      }
    }

    @Override
    public void instanceDueAt(Instant visibleAt) {
      if (running.get()) {
        node.wakeUps().instanceDueAt(visibleAt);
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

  /** What is due later than two polls from now is found by these. */
  private void wakeUpAt(Instant time, Runnable wakeUp) {
    Duration delay = Duration.between(parts.clock().instant(), time);
    if (delay.compareTo(parts.settings().pollingInterval().multipliedBy(2)) <= 0) {
      parts.threads().later(delay.isNegative() ? Duration.ZERO : delay, wakeUp);
    }
  }

  /** Ends it: claims nothing, lets running work end for the stop time-out, gives the rest back. */
  void stop() {
    Duration timeout = parts.settings().stopTimeout();
    parts.status().drainingBegan();
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
    parts.threads().endRenewal();
    int unfinished = node.activeLeases();
    node.releaseAll();
    parts.threads().end();
    log.stopped(unfinished);
  }
}
