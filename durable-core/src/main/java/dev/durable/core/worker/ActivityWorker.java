package dev.durable.core.worker;

import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.Progress;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.worker.ActivityLane.Seat;
import dev.durable.core.worker.LocalTasks.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Claims due activity tasks, has them run, sends their results, and ends them in time. */
final class ActivityWorker {

  private final Desk desk;
  private final ActivityExecutor executor;
  private final Node.WakeUpTimer timer;
  private final UnstoredResults results;
  private final ActivityLanes lanes;
  private final Map<Lease, Running> running = new ConcurrentHashMap<>();

  ActivityWorker(Desk desk, OrchestrationWorker.Executors executors, UnstoredResults results) {
    this.desk = desk;
    this.executor = executors.activities();
    this.timer = executors.timer();
    this.results = results;
    this.lanes = new ActivityLanes(desk, executors.functions(), this::begin);
  }

  /** There may be tasks of that activity. */
  void hinted(String name) {
    lanes.of(name).hinted();
  }

  /** There may be tasks of whatever activities. */
  void hinted() {
    lanes.hinted();
  }

  /** Claims what there are hints of and free slots for. */
  Catch poll() {
    int claimed = lanes.claim();
    return new Catch(claimed, claimed > 0);
  }

  /**
   * Takes slots, or places, for those of a commit's new tasks that this node may run soon. If it
   * throws, it has taken none: before the first is taken, all that asks others has been asked.
   */
  LocalTasks reserve(EpisodeCommit commit) {
    if (!desk.options().lanes().localActivities() || !desk.claiming().getAsBoolean()) {
      return noTasks();
    }
    Instant now = desk.clock().instant();
    List<ActivityTask> own =
        commit.activities().stream()
            .filter(task -> !task.visibleAt().isAfter(now))
            .filter(task -> desk.peers().refusals().ofActivity(task.name(), now).isEmpty())
            .toList();
    List<Place> places = new ArrayList<>();
    for (ActivityTask task : own) {
      ActivityLane lane = lanes.of(task.name());
      Seat seat = lane.reserve(task.name());
      if (seat != Seat.NONE) {
        places.add(new Place(lane, seat, task));
      }
    }
    return new LocalTasks(desk, this, places, now.plus(desk.options().leaseTimeout()));
  }

  /** For a commit that claims none. */
  LocalTasks noTasks() {
    return new LocalTasks(desk, this, List.of(), Instant.EPOCH);
  }

  /** Takes in a task for which there is a seat, and which was leased to this node by a commit. */
  void begin(Place place, ActivityWorkItem item, Instant leaseEnd) {
    if (place.lane().take(place.seat(), item, leaseEnd)) {
      begin(place.lane(), item);
    }
  }

  /** Whether a task has waited for a slot for too long. Does not use the store. */
  boolean isAnyLate() {
    return lanes.isAnyLate();
  }

  /** Gives back what has waited for a slot for too long. */
  void giveBackLate() {
    lanes.giveBackLate();
  }

  /**
   * The claims were counted before this one is tried, so that one which ends nodes comes to rest.
   */
  private void begin(ActivityLane lane, ActivityWorkItem item) {
    ActivityTask task = item.task();
    Instant now = desk.clock().instant();
    Optional<Instant> left = desk.peers().refusals().ofActivity(task.name(), now);
    if (left.isPresent()) {
      lane.leave(item.lease(), left.get());
      return;
    }
    Running begun = new Running(lane, item, now);
    if (item.attempt() > desk.options().maxAttempts()) {
      begun.completed(
          ActivityInvocation.failed(
              begun.execution, Failures.poisoned(task.name(), item.attempt() - 1)));
      return;
    }
    running.put(item.lease(), begun);
    try {
      executor.offer(begun.execution, begun);
    } catch (RuntimeException | Error e) {
      begun.abandoned(e);
      return;
    }
    begun.execution.deadline().ifPresent(at -> timer.at(at, this::timeOut));
  }

  private static @Nullable Instant deadline(@Nullable Duration timeout, Instant now) {
    return timeout == null ? null : now.plus(timeout);
  }

  /** Ends what has timed out, where the timer has not. */
  void timeOut() {
    List.copyOf(running.values()).forEach(Running::timeOutIfDue);
  }

  /**
   * Somebody else may do it soon; what it throws from now on is taken for a consequence of that.
   */
  void lost(Lease lease) {
    Running activity = running.get(lease);
    if (activity != null) {
      activity.execution.withdraw("its lease was lost");
      activity.lane.lost(lease);
    }
  }

  /** Tells the activities of an instance, those of its executions up to that number. */
  void cancel(InstanceRef instance, int lastExecution, String reason) {
    lanes.cancelWaiting(instance, lastExecution);
    for (Running activity : running.values()) {
      ActivityLease lease = activity.item.lease();
      if (lease.instance().equals(instance) && lease.execution() <= lastExecution) {
        activity.execution.cancel(reason);
      }
    }
  }

  /** Gives back what waits for a slot of an instance that is suspended: it is not to begin. */
  void giveBackWaiting(InstanceRef instance) {
    lanes.giveBackWaiting(instance);
  }

  /** Tells all that are running that they will be done again elsewhere. */
  void withdrawAll(String reason) {
    running.values().forEach(activity -> activity.execution.withdraw(reason));
  }

  /** Stores how far those have come that have said so since the last time. */
  void saveProgress() {
    List<Running> told = new ArrayList<>();
    List<Progress> unsaved = new ArrayList<>();
    for (Running activity : running.values()) {
      activity
          .execution
          .unsavedProgress()
          .ifPresent(
              progress -> {
                told.add(activity);
                unsaved.add(progress);
              });
    }
    if (unsaved.isEmpty()) {
      return;
    }
    try {
      desk.store().saveProgress(unsaved);
    } catch (RuntimeException | Error e) {
      told.forEach(activity -> activity.execution.progressNotSaved());
      desk.listener()
          .storeFailed(
              "storing of "
                  + unsaved.size()
                  + " heartbeats; it is tried again at the next interval",
              e);
    }
  }

  /** It is answered once: by its end, or by its time-out. What comes after that is ignored. */
  private final class Running implements ActivityExecutor.Callback, UnstoredResults.Waiter {

    private final ActivityLane lane;
    private final ActivityWorkItem item;
    private final ActivityExecution execution;
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile @Nullable Completion completion;
    private volatile @Nullable Instant begun;

    Running(ActivityLane lane, ActivityWorkItem item, Instant now) {
      this.lane = lane;
      this.item = item;
      this.execution = new ActivityExecution(item, deadline(item.task().call().timeout(), now));
    }

    /** What was given back is another delivery's by now, which has the whole time. */
    private void timeOutIfDue() {
      Instant now = desk.clock().instant();
      Duration timeout = item.task().call().timeout();
      boolean due =
          execution.deadline().filter(at -> !at.isAfter(now)).isPresent()
              && desk.held().holds(item.lease());
      if (due && timeout != null && answered.compareAndSet(false, true)) {
        execution.cancel("it has taken longer than its time-out of " + timeout);
        store(
            ActivityInvocation.failed(
                execution,
                Failures.activityTimeout(
                    item.task().name(), timeout, execution.hasBegunForGood())));
      }
    }

    @Override
    public boolean begins() {
      if (execution.cancellation().isEmpty() && desk.begin(item.lease())) {
        begun = desk.clock().instant();
        return true;
      }
      if (answered.compareAndSet(false, true)) { // not by a time-out, which gives it up itself
        running.remove(item.lease());
        lane.done(item.lease());
      }
      return false;
    }

    @Override
    public void completed(Completion result) {
      if (answered.compareAndSet(false, true)) {
        if (result instanceof TaskFailed && execution.isWithdrawn()) {
          running.remove(item.lease()); // the node gives the lease back
        } else {
          store(result);
        }
      }
    }

    private void store(Completion result) {
      completion = result;
      Instant now = desk.clock().instant();
      codeEnded(now);
      lane.ended(item.lease());
      results.add(new ActivityCompletion(item.lease(), result, now), this);
    }

    private void codeEnded(Instant now) {
      Instant from = begun;
      if (from != null) {
        lane.codeRan(from, now);
      }
    }

    @Override
    public void recorded(Completion result, CommitOutcome outcome) {
      if (answered.compareAndSet(false, true)) {
        completion = result;
        codeEnded(desk.clock().instant());
        committed(outcome);
      } else if (outcome == CommitOutcome.COMMITTED) {
        wakeCaller(); // it came before its time-out, whose commit is fenced off
      }
    }

    @Override
    public void abandoned(Throwable reason) {
      if (answered.compareAndSet(false, true)) {
        failed(reason);
      }
    }

    @Override
    public void committed(CommitOutcome outcome) {
      done(outcome);
      if (outcome == CommitOutcome.COMMITTED) {
        wakeCaller();
      }
    }

    @Override
    public void committedWithEpisode() {
      done(CommitOutcome.COMMITTED);
    }

    private void done(CommitOutcome outcome) {
      running.remove(item.lease());
      lane.done(item.lease());
      Completion stored = completion;
      if (outcome == CommitOutcome.FENCED || stored == null) {
        desk.listener().commitFenced(item.lease());
      } else {
        desk.listener().activityFinished(item.task(), stored);
      }
    }

    private void wakeCaller() {
      desk.wakeUps().instanceDue(InstanceKind.of(item.lease().instance().id()));
    }

    @Override
    public void failed(Throwable reason) {
      running.remove(item.lease());
      lane.giveBack(item.lease(), item.attempt(), reason);
    }
  }
}
