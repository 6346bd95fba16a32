package dev.durable.core.worker;

import dev.durable.RuntimeStatus;
import dev.durable.core.episode.Episode;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Who is told and woken when the commit of an episode is written. */
final class EpisodeEffects {

  private final Desk desk;
  private final ActivityWorker activities;

  /** How often a message may have come to some orchestration of the hub. */
  private final AtomicLong hints;

  EpisodeEffects(Desk desk, ActivityWorker activities, AtomicLong hints) {
    this.desk = desk;
    this.activities = activities;
    this.hints = hints;
  }

  /** Tells the listener, and activities that nobody wants any more. */
  void tell(InstanceWorkItem item, Episode episode, EpisodeCommit commit) {
    InstanceRef instance = item.lease().instance();
    TaskHubListener listener = desk.listener();
    RuntimeStatus before = item.execution().status();
    RuntimeStatus after = commit.snapshot().status();
    if (episode.dropped() > 0) {
      listener.messagesDropped(instance, episode.dropped());
    }
    int size = InstanceMemory.sizeAfter(commit);
    int warning = desk.options().historyWarning();
    if (size >= warning && (episode.historySize() < warning || commit.firstSequence() == 1)) {
      listener.historyLong(instance, item.execution().name(), size);
    }
    boolean begun = after == RuntimeStatus.RUNNING || after.isFinished();
    if (!before.isFinished() && begun && episode.isFirst()) {
      listener.instanceStarted(instance, item.execution().name());
    }
    if (commit.openActivities() == OpenActivities.HELD) {
      activities.giveBackWaiting(instance);
    }
    if (!before.isFinished() && after == RuntimeStatus.TERMINATED) {
      // its id may have been started again since
      activities.cancel(instance, commit.snapshot().number(), "its orchestration was terminated");
    }
    if (!before.isFinished() && after == RuntimeStatus.COMPLETED) {
      listener.instanceCompleted(instance, item.execution().name(), commit.snapshot().output());
    }
    if (!before.isFinished() && after.isFinished()) {
      listener.instanceFinished(instance, item.execution().name(), after);
    }
  }

  /**
   * Wakes those for whom there is something now. If a message may have come while the episode was
   * under way, a claim may have found the row locked: so there is another one.
   */
  void wake(EpisodeCommit commit, long hintsBefore) {
    commit.activities().stream()
        .filter(task -> !commit.claimed().taskIds().contains(task.taskId()))
        .map(ActivityTask::name)
        .distinct()
        .forEach(desk.wakeUps()::activityDue);
    if (!commit.children().isEmpty()
        || !commit.deliveries().isEmpty()
        || commit.cascade() != null) {
      desk.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    }
    boolean ends = commit.snapshot().status().isFinished() || commit.firstSequence() == 1;
    if (commit.mayHoldLocks() && ends) {
      desk.wakeUps().instanceDue(InstanceKind.ENTITY);
    }
    if (commit.openActivities() == OpenActivities.RELEASED) {
      desk.wakeUps().activitiesDue();
    }
    commit
        .outbox()
        .forEach(
            message ->
                wakeAt(InstanceKind.of(message.target().id()), message.visibleAt(), commit.at()));
    commit
        .toEntities()
        .forEach(delivery -> wakeAt(InstanceKind.ENTITY, delivery.visibleAt(), commit.at()));
    wake(hintsBefore);
  }

  /** The same for an episode of which nothing is written. */
  void wake(long hintsBefore) {
    if (hints.get() != hintsBefore) {
      wakeAgain();
    }
  }

  /** There are messages for an episode that has come to nothing. */
  void wakeAgain() {
    desk.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
  }

  private void wakeAt(InstanceKind kind, Instant visibleAt, Instant now) {
    if (visibleAt.isAfter(now)) {
      desk.wakeUps().instanceDueAt(kind, visibleAt);
    } else {
      desk.wakeUps().instanceDue(kind);
    }
  }
}
