package dev.durable.core.store;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.Lease.InstanceLease;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a worker asks the store to write on behalf of a lease: all of it, or nothing if the lease is
 * fenced off.
 */
public sealed interface Commit {

  /** What becomes of the activity tasks that an instance has. */
  enum OpenActivities {
    /** They stay as they are. */
    KEPT,
    /** They are not claimed from now on; those that are leased may still be completed. */
    HELD,
    /** They may be claimed again. */
    RELEASED,
    /** They are deleted. */
    DELETED
  }

  /**
   * Those of a commit's activity tasks that the node claims with the commit itself: they are
   * inserted as if it had claimed them right after, for the first time, with the lease that {@link
   * EpisodeCommit#claimed} says.
   *
   * @param taskIds the tasks
   * @param leaseUntil when their leases end unless they are renewed
   */
  record ClaimedTasks(Set<Integer> taskIds, Instant leaseUntil) {

    /** None of them. */
    public static final ClaimedTasks NONE = new ClaimedTasks(Set.of(), Instant.EPOCH);
  }

  /** On whose behalf. */
  Lease lease();

  /**
   * Everything that one episode writes; it ends the lease.
   *
   * <p>If the snapshot is a finished one, the store also deletes what is left in the inbox. If the
   * snapshot's execution number is higher than the stored one, {@code appended} replaces the
   * history, messages for the execution before are deleted, and so are ids of events that are older
   * than {@link TaskHubStore#EVENT_ID_RETENTION}.
   *
   * <p>A commit leaves the instance with the version that follows on that of its lease, whatever it
   * writes. An episode that was not claimed, but run on what the node's last commit has left, names
   * that version as its lease's: the fence is the same.
   *
   * @param lease whose claim this answers
   * @param snapshot what the instance's row says from now on
   * @param firstSequence the place of the first appended event, from 1
   * @param appended new history events
   * @param consumed ids of messages to delete from the inbox, if they are there: those taken into
   *     the history, those dropped, and those of cancelled timers
   * @param activities to be run
   * @param openActivities what becomes of the instance's activity tasks that were there before
   * @param children to be created, each as its {@link NewInstance#ifExists()} says
   * @param outbox messages to this and other instances
   * @param deliveries events to other instances, with answers
   * @param toEntities messages to entities
   * @param mayHoldLocks whether this execution has ever asked for a lock; if the commit ends it,
   *     the store sends the {@link Message#unlock} to every entity that it has locked
   * @param cascade what to put into the inbox of each of its children that has not finished; null
   *     for nothing
   * @param at when the episode ran, by the database's clock; becomes the time of the last update if
   *     events are appended, and the time of completion if the snapshot is the first finished one
   * @param results those of activities of this instance that become history, or are dropped,
   *     without ever having been messages: their tasks are deleted. The whole commit is fenced off
   *     if one of these leases is
   * @param claimed which of {@code activities} are leased to the owner of the lease at once
   * @param created the instance that this commit creates, under the key and the id of its lease,
   *     whose version is {@link Start#FIRST_VERSION}, as if it had been there, leased, with its
   *     start in its inbox; null if it is there. Only for a commit that {@link #mayCreate}
   */
  record EpisodeCommit(
      InstanceLease lease,
      ExecutionSnapshot snapshot,
      int firstSequence,
      List<HistoryEvent> appended,
      List<String> consumed,
      List<ActivityTask> activities,
      OpenActivities openActivities,
      List<NewInstance> children,
      List<Message> outbox,
      List<EventDelivery> deliveries,
      List<EntityDelivery> toEntities,
      boolean mayHoldLocks,
      @Nullable ExecutionTerminated cascade,
      Instant at,
      List<ActivityCompletion> results,
      ClaimedTasks claimed,
      @Nullable NewInstance created)
      implements Commit {

    /** Of an instance that is there, without results and tasks that are claimed at once. */
    public EpisodeCommit(
        InstanceLease lease,
        ExecutionSnapshot snapshot,
        int firstSequence,
        List<HistoryEvent> appended,
        List<String> consumed,
        List<ActivityTask> activities,
        OpenActivities openActivities,
        List<NewInstance> children,
        List<Message> outbox,
        List<EventDelivery> deliveries,
        List<EntityDelivery> toEntities,
        boolean mayHoldLocks,
        @Nullable ExecutionTerminated cascade,
        Instant at) {
      this(
          lease,
          snapshot,
          firstSequence,
          appended,
          consumed,
          activities,
          openActivities,
          children,
          outbox,
          deliveries,
          toEntities,
          mayHoldLocks,
          cascade,
          at,
          List.of(),
          ClaimedTasks.NONE,
          null);
    }

    /** The same with results that were never messages. */
    public EpisodeCommit answering(List<ActivityCompletion> completions) {
      return with(completions, claimed, created);
    }

    /** The same, which claims some of its tasks at once. */
    public EpisodeCommit claiming(ClaimedTasks tasks) {
      return with(results, tasks, created);
    }

    /** The same, which creates its instance as well. */
    public EpisodeCommit creating(NewInstance instance) {
      return with(results, claimed, instance);
    }

    /**
     * Whether it may create its instance: it writes nothing to other instances, and is the first
     * one of its execution.
     */
    public boolean mayCreate() {
      return firstSequence == 1
          && snapshot.number() == 1
          && openActivities == OpenActivities.KEPT
          && children.isEmpty()
          && deliveries.isEmpty()
          && toEntities.isEmpty()
          && !mayHoldLocks
          && cascade == null
          && results.isEmpty();
    }

    private EpisodeCommit with(
        List<ActivityCompletion> completions, ClaimedTasks tasks, @Nullable NewInstance instance) {
      return new EpisodeCommit(
          lease,
          snapshot,
          firstSequence,
          appended,
          consumed,
          activities,
          openActivities,
          children,
          outbox,
          deliveries,
          toEntities,
          mayHoldLocks,
          cascade,
          at,
          completions,
          tasks,
          instance);
    }

    /** The leases that the commit depends on besides its own. */
    public Stream<ActivityLease> resultLeases() {
      return results.stream().map(ActivityCompletion::lease);
    }

    /**
     * A task that this commit claims, as its node has it from then on. The task begins with the
     * version of the commit's own lease, of which there is one commit: so another episode of the
     * same node that has called the same task, and was fenced off, has another lease.
     */
    public ActivityWorkItem claimed(ActivityTask task) {
      ActivityLease first =
          new ActivityLease(
              task.instance(), task.execution(), task.taskId(), lease.owner(), lease.version());
      return new ActivityWorkItem(first, task, 1);
    }
  }

  /**
   * Everything that one batch of operations of an entity writes; it ends the lease, makes the
   * entity RUNNING if it was BLOCKED, and is the time of its last update.
   *
   * <p>It is fenced off as well if it locks the entity for a task whose execution is over by then.
   * To be sure of that the store locks the row of that task's instance before it looks; since
   * whatever ends an execution locks that row too, and then sends unlocks to all that is locked, no
   * lock outlives its owner.
   *
   * @param lease whose claim this answers
   * @param state JSON text; null for none
   * @param lockedBy the task that has locked it from now on; null for none
   * @param consumed ids of messages to delete from the inbox
   * @param heldBack ids of messages that stay in the inbox and do not count as visible until they
   *     are brought back
   * @param bringsBack whether all that is held back counts again
   * @param answers to callers
   * @param toEntities messages to entities
   * @param starts orchestrations to start; one whose id is taken is passed over
   * @param at when it ran, by the database's clock
   */
  record EntityCommit(
      InstanceLease lease,
      @Nullable String state,
      @Nullable ParentTask lockedBy,
      List<String> consumed,
      List<String> heldBack,
      boolean bringsBack,
      List<Message> answers,
      List<EntityDelivery> toEntities,
      List<NewInstance> starts,
      Instant at)
      implements Commit {}

  /**
   * The result of an activity: the task is deleted and its answer put into the caller's inbox.
   *
   * @param lease whose claim this answers
   * @param completion the answer
   * @param at when it ended, by the database's clock
   */
  record ActivityCompletion(ActivityLease lease, Completion completion, Instant at)
      implements Commit {

    /** The message to the caller. */
    public Message answer() {
      return Message.answer(lease.instance(), lease.execution(), completion, at);
    }
  }
}
