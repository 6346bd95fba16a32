package dev.durable.core.worker;

import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Names;
import dev.durable.core.store.Due;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.NodeLoad;
import dev.durable.core.store.TaskHubStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The loops of one node over a task hub. The host calls {@link #poll()} when {@link #nextPoll()}
 * says so, {@link #renewLeases()} every renewal interval and {@link #watchLeases()} several times a
 * second; in between the node wakes itself. A node is stopped once and not used again; its owner
 * name is never reused.
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
   * @param loops threads for looking, claiming and committing; six at most are used at once: one to
   *     look for work, one to claim each kind of it, one to give back what waits for too long, and
   *     one for commits. With fewer, some wait for others
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

  private static final Due EVERYTHING = new Due(true, true, true);
  private static final Duration STANDARD_WAIT = Duration.ofSeconds(1);

  private final Doors doors;
  private final TaskHubListener listener;
  private final TaskHubOptions options;
  private final HeldLeases held;
  private final Desk desk;
  private final CommitQueue commits;
  private final OrchestrationWorker orchestrationWorker;
  private final ActivityWorker activityWorker;
  private final LocalStarts starts;
  private final PollPace pace;
  private final SingleFlight looks;
  private final SingleFlight orchestrations;
  private final SingleFlight entities;
  private final SingleFlight activities;
  private final SingleFlight returns;
  private final LeaseRenewer renewer;
  private final Draining draining;
  private final Membership membership;
  private volatile boolean claiming = true;
  private volatile boolean unblocked;

  /** A node that waits for its first poll, says nothing of itself and remembers no histories. */
  public Node(Doors doors, TaskHubOptions options, TaskHubListener listener) {
    this(
        doors,
        NodeProfile.UNNAMED,
        options,
        new PollPace(STANDARD_WAIT, STANDARD_WAIT, () -> 0),
        listener,
        InstanceCache.off());
  }

  /**
   * A node that waits for its first heartbeat and its first poll, and remembers histories in that
   * cache of its own.
   *
   * @param pace how often it wants to be polled; its own
   */
  public Node(
      Doors doors,
      NodeProfile profile,
      TaskHubOptions options,
      PollPace pace,
      TaskHubListener listener,
      InstanceCache cache) {
    this.doors = doors;
    this.options = options;
    this.pace = pace;
    this.listener = listener;
    this.held = new HeldLeases(doors.clock());
    this.commits =
        new CommitQueue(
            doors.store(),
            options.maxCommit(),
            doors.clock(),
            options.leaseTimeout(),
            listener,
            doors.loops());
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
            Peers.of(doors.owner(), doors.store(), options, profile, listener),
            new Unreleased(),
            new LaneCounts(),
            this::mayClaim);
    this.draining = new Draining(this::drainingChanged);
    this.orchestrationWorker =
        new OrchestrationWorker(
            desk,
            new OrchestrationWorker.Executors(
                doors.episodes(),
                doors.entities(),
                doors.activities(),
                doors.functions(),
                doors.timer()),
            cache,
            doors.ids());
    this.membership =
        new Membership(desk, profile, doors.functions(), draining, orchestrationWorker::inHand);
    this.activityWorker = orchestrationWorker.activities();
    this.starts = orchestrationWorker.starts(doors.loops());
    this.looks = new SingleFlight(doors.loops(), this::look);
    this.orchestrations =
        flight("claim of orchestrations", () -> unblockAndPoll(orchestrationWorker::poll));
    this.entities =
        flight("claim of entities", () -> unblockAndPoll(orchestrationWorker.entities()::poll));
    this.activities = flight("claim of activities", activityWorker::poll);
    this.returns = new SingleFlight(doors.loops(), activityWorker::giveBackLate);
    this.renewer =
        new LeaseRenewer(
            doors.store(), doors.clock(), options.leaseTimeout(), held, listener, this::leaseLost);
  }

  private SingleFlight flight(String what, Supplier<Catch> poll) {
    return new SingleFlight(doors.loops(), () -> pass(what, poll));
  }

  private Catch unblockAndPoll(Supplier<Catch> poll) {
    unblock();
    return poll.get();
  }

  /**
   * What no node could run before, this one perhaps can: it may have other code. Loops that come
   * here at once each do it, which is the same as once: no lock is held while the store works.
   */
  private void unblock() {
    if (!unblocked) {
      doors.store().unblock(Names.LATEST_TIME, doors.clock().instant());
      unblocked = true;
    }
  }

  private boolean mayClaim() {
    return claiming && !draining.isOn();
  }

  private void pass(String what, Supplier<Catch> poll) {
    if (!mayClaim()) {
      return;
    }
    try {
      Catch brought;
      do {
        brought = poll.get();
        if (brought.claimed() > 0) {
          pace.found();
        }
      } while (brought.again() && mayClaim());
    } catch (RuntimeException | Error e) {
      listener.storeFailed(what + "; it is tried again at the next poll", e);
    }
  }

  /**
   * Looks for work of all kinds, and ends what has timed out. Returns at once: a thread of the
   * loops asks the store what is due, and only that is claimed; the first poll claims without
   * asking.
   */
  public void poll() {
    activityWorker.timeOut();
    orchestrationWorker.results().storeLate();
    commits.poll();
    returnLate();
    pace.polled();
    looks.signal();
  }

  /** Gives back what has waited for too long, where the timer has not. Does not use the store. */
  private void returnLate() {
    if (activityWorker.isAnyLate()) {
      give(returns::signal);
    }
  }

  /**
   * How long to wait until the next {@link #poll}. To be asked after each poll; the answer becomes
   * shorter when work is found meanwhile.
   */
  public Duration nextPoll() {
    return pace.next();
  }

  private void look() {
    try {
      desk.unreleased().giveBack(doors.store(), doors.clock().instant());
    } catch (RuntimeException | Error e) {
      listener.storeFailed("release of leases; it is tried again at the next poll", e);
      return;
    }
    if (!mayClaim()) {
      return;
    }
    Due due;
    try {
      due = unblocked ? doors.store().due(doors.clock().instant()) : EVERYTHING;
    } catch (RuntimeException | Error e) {
      listener.storeFailed("look for work; it is tried again at the next poll", e);
      return;
    }
    if (due.orchestrations()) {
      give(orchestrations::signal);
    }
    if (due.entities()) {
      give(entities::signal);
    }
    if (due.activities()) {
      activityWorker.hinted();
      give(activities::signal);
    }
  }

  /** Hints for this node, to be given by whoever has committed something. */
  public WakeUps wakeUps() {
    return new Hints();
  }

  /** How clients on this node start orchestrations, where they have no transaction. */
  public Starter starter() {
    return starter(Patience.blocking());
  }

  /** The same for clients whose threads wait in that way. */
  public Starter starter(Patience patience) {
    return instance -> starts.start(instance, patience);
  }

  /**
   * Renews the leases of what is running, stores how far it has come, and ends what has timed out.
   * To be called when half of the lease time-out is over, or sooner, by one thread at a time, on a
   * thread and a connection that no other work can use up. A lease that has ended is not renewed.
   *
   * @return whether the leases are renewed; if not, the store has failed, and this is to be called
   *     again soon, not only at the next interval: so that a short failure costs no lease
   */
  public boolean renewLeases() {
    giveUpEnding(Duration.ZERO);
    activityWorker.saveProgress();
    boolean renewed = renewer.renew();
    activityWorker.timeOut();
    return renewed;
  }

  /**
   * Gives up the leases that are about to end because nobody has renewed them, while nobody else
   * can have the work: activities are told and interrupted, nothing of it begins any more, its
   * slots are free. What has ended and waits for the store stays there; the fence decides about it.
   * What has ended and waits for an orchestrator that takes long is stored without it; what has
   * waited too long for a slot is given back. Does not use the store itself. To be called several
   * times a second, by a thread that does not use it either: a database that hangs must not hide
   * that time passes.
   */
  public void watchLeases() {
    AllRun all = new AllRun();
    all.run(() -> giveUpEnding(options.leaseMargin()));
    all.run(orchestrationWorker.results()::storeLate);
    all.run(this::returnLate);
    all.throwOn();
  }

  private void giveUpEnding(Duration margin) {
    AllRun telling = new AllRun();
    held.giveUpEnding(doors.clock().instant().plus(margin))
        .forEach(lease -> telling.run(() -> leaseLost(lease)));
    telling.throwOn();
  }

  /**
   * Says that this node lives, and learns of the others: which work is theirs, which partitions are
   * its own, and whether it is to be drained. To be called before the first poll, and then as often
   * as {@link #renewLeases}, in the same way. If it fails, the listener is told, and the next one
   * makes up for it; after a lease time-out without one this node prefers nothing and leaves
   * nothing to others unasked.
   *
   * @return whether others know of it; if not, this is to be called again soon, as {@link
   *     #renewLeases}: a node that is not heard of for a lease time-out is taken for lost
   */
  public boolean heartbeat() {
    return membership.heartbeat();
  }

  /** Its name in leases. */
  public String name() {
    return doors.owner();
  }

  /** How busy it is; without slots while it is drained. */
  public NodeLoad load() {
    return membership.load();
  }

  /** Whether operators want it to claim nothing. */
  public boolean isDraining() {
    return draining.isOn();
  }

  /**
   * Claims nothing from now on, or claims again. What is running goes on, and nothing is given back
   * except what a claim that is under way still brings, and what has no slot soon. The next
   * heartbeat follows the node's row, so that has to be changed before.
   */
  public void drain(boolean drained) {
    draining.order(drained);
  }

  private void drainingChanged(boolean drained) {
    listener.nodeDraining(drained);
    if (!drained) {
      poll();
    }
  }

  private void leaseLost(Lease lease) {
    if (lease instanceof ActivityLease) {
      activityWorker.lost(lease);
    } else if (InstanceKind.of(lease.instance().id()) == InstanceKind.ENTITY) {
      orchestrationWorker.entities().lost(lease);
    } else {
      orchestrationWorker.lost(lease);
    }
    listener.leaseLost(lease);
  }

  /** How often work has taken the shorter ways. */
  public LaneFigures lanes() {
    return desk.lanes().figures();
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
    looks.stop();
    orchestrations.stop();
    entities.stop();
    activities.stop();
    doors.episodes().stop();
  }

  /**
   * Gives back what is in this node's hands, so that other nodes can claim it at once. What has not
   * begun does not begin here any more, and does not count as an attempt. What is running counts,
   * and what it returns is stored only if nobody has claimed it by then; activities are told, and
   * what they throw from then on is taken for a consequence of that. The node is none of the hub's
   * any more. Call {@link #stopClaiming()} first.
   */
  public void releaseAll() {
    desk.giveBackUnbegun();
    activityWorker.withdrawAll("its node stops");
    activityWorker.saveProgress();
    desk.giveBackBegun();
    membership.leave();
  }

  /** Whoever gives a hint has other things to do than to care for a host without free threads. */
  private void give(Runnable hint) {
    try {
      hint.run();
    } catch (RuntimeException | Error e) {
      listener.storeFailed("wake-up; the next poll finds the work", e);
    }
  }

  private final class Hints implements NodeWakeUps {

    @Override
    public void instanceDue(InstanceKind kind) {
      if (kind == InstanceKind.ENTITY) {
        orchestrationWorker.entities().hinted();
        give(entities::signal);
      } else {
        orchestrationWorker.hinted();
        give(orchestrations::signal);
      }
    }

    @Override
    public void activityDue(String name) {
      activityWorker.hinted(name);
      give(activities::signal);
    }

    @Override
    public void activitiesDue() {
      activityWorker.hinted();
      give(activities::signal);
    }

    @Override
    public void activitiesWaitUntil(Instant time) {
      give(() -> doors.timer().at(time, () -> give(returns::signal)));
    }

    @Override
    public void activitySlotFree() {
      give(activities::signal);
    }

    @Override
    public void instanceDueAt(InstanceKind kind, Instant visibleAt) {
      give(() -> doors.timer().at(visibleAt, () -> instanceDue(kind)));
    }
  }
}
