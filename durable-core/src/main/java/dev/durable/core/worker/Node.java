package dev.durable.core.worker;

import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Names;
import dev.durable.core.store.Lease;
import dev.durable.core.store.TaskHubStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The loops of one node over a task hub. The host calls {@link #poll()} every polling interval and
 * {@link #renewLeases()} every renewal interval; in between the node wakes itself. A node is
 * stopped once and not used again; its owner name is never reused.
 */
public final class Node {

  /**
   * The doors of a node.
   *
   * @param owner its name in leases, unique over all nodes and restarts; at most 100 characters
   * @param store the task hub's memory
   * @param clock the database's time
   * @param ids fresh ids, such as random UUIDs
   * @param episodes runs orchestrators
   * @param activities runs activities
   * @param loops threads for claiming and committing; three at most are used at once
   * @param timer calls back at a time: how the node learns of timers between two polls; may do
   *     nothing
   */
  public record Doors(
      String owner,
      TaskHubStore store,
      InstantSource clock,
      Supplier<String> ids,
      EpisodeExecutor episodes,
      EntityExecutor entities,
      ActivityExecutor activities,
      FunctionRegistry functions,
      Executor loops,
      WakeUpTimer timer) {}

  /** Calls back at a time. */
  public interface WakeUpTimer {
    /** Runs it at about that time by the database's clock, or never: a hint only. */
    void at(Instant time, Runnable wakeUp);
  }

  private final Doors doors;
  private final TaskHubListener listener;
  private final HeldLeases held = new HeldLeases();
  private final Desk desk;
  private final CommitQueue commits;
  private final OrchestrationWorker orchestrationWorker;
  private final ActivityWorker activityWorker;
  private final SingleFlight orchestrations;
  private final SingleFlight activities;
  private final LeaseRenewer renewer;
  private volatile boolean claiming = true;
  private volatile boolean unblocked;

  /** A node that waits for its first poll. */
  public Node(Doors doors, TaskHubOptions options, TaskHubListener listener) {
    this.doors = doors;
    this.listener = listener;
    this.commits = new CommitQueue(doors.store(), options.maxCommit(), listener, doors.loops());
    this.desk =
        new Desk(
            doors.owner(),
            doors.store(),
            doors.clock(),
            options,
            listener,
            held,
            commits,
            new Hints(),
            () -> claiming);
    this.activityWorker = new ActivityWorker(desk, doors.activities(), doors.timer());
    this.orchestrationWorker =
        new OrchestrationWorker(
            desk,
            new OrchestrationWorker.Executors(
                doors.episodes(), doors.entities(), doors.functions()),
            doors.ids(),
            ended ->
                activityWorker.cancel(
                    ended.instance(), ended.execution(), "its orchestration was terminated"));
    this.orchestrations =
        new SingleFlight(doors.loops(), () -> pass("claim of instances", this::unblockAndPoll));
    this.activities =
        new SingleFlight(doors.loops(), () -> pass("claim of activities", activityWorker::poll));
    this.renewer =
        new LeaseRenewer(
            doors.store(), doors.clock(), options.leaseTimeout(), held, listener, this::leaseLost);
  }

  /** What no node could run before, this one perhaps can: it may have other code. */
  private int unblockAndPoll() {
    if (!unblocked) {
      doors.store().unblock(Names.LATEST_TIME, doors.clock().instant());
      unblocked = true;
    }
    return orchestrationWorker.poll();
  }

  private void pass(String what, Supplier<Integer> poll) {
    try {
      int claimed;
      do {
        claimed = poll.get();
      } while (claimed > 0 && claiming);
    } catch (RuntimeException | Error e) {
      listener.storeFailed(what + "; it is tried again at the next poll", e);
    }
  }

  /** Looks for work of both kinds, and ends what has timed out. Returns at once. */
  public void poll() {
    activityWorker.timeOut();
    commits.poll();
    orchestrations.signal();
    activities.signal();
  }

  /** Hints for this node, to be given by whoever has committed something. */
  public WakeUps wakeUps() {
    return new Hints();
  }

  /**
   * Renews the leases of what is running, stores how far it has come, and ends what has timed out.
   * To be called by one thread at a time, on a thread and a connection that no other work can use
   * up.
   */
  public void renewLeases() {
    activityWorker.saveProgress();
    renewer.renew();
    activityWorker.timeOut();
  }

  private void leaseLost(Lease lease) {
    activityWorker.cancel(lease, "its lease was lost");
    listener.leaseLost(lease);
  }

  /** How many work items are in this node's hands. */
  public int activeLeases() {
    return held.count();
  }

  /**
   * Claims nothing from now on. What is running goes on, and is committed when it ends; what a
   * claim that is under way still brings is given back at once.
   */
  public void stopClaiming() {
    claiming = false;
    orchestrations.stop();
    activities.stop();
  }

  /**
   * Gives back what is in this node's hands, so that other nodes can claim it at once. What has not
   * begun does not begin here any more, and does not count as an attempt. What is running counts,
   * and what it returns is stored only if nobody has claimed it by then; activities are told, and
   * what they throw from then on is taken for a consequence of that. Call {@link #stopClaiming()}
   * first.
   */
  public void releaseAll() {
    desk.giveBackUnbegun();
    activityWorker.withdrawAll("its node stops");
    activityWorker.saveProgress();
    desk.giveBackBegun();
  }

  private final class Hints implements NodeWakeUps {

    @Override
    public void instanceDue() {
      orchestrationWorker.hinted();
      give(orchestrations::signal);
    }

    @Override
    public void activityDue() {
      give(activities::signal);
    }

    @Override
    public void instanceDueAt(Instant visibleAt) {
      give(() -> doors.timer().at(visibleAt, this::instanceDue));
    }

    /** Whoever gives a hint has other things to do than to care for a host without free threads. */
    private void give(Runnable hint) {
      try {
        hint.run();
      } catch (RuntimeException | Error e) {
        listener.storeFailed("wake-up; the next poll finds the work", e);
      }
    }
  }
}
