package dev.durable.core.store;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.Lease.InstanceLease;
import java.time.Instant;
import java.util.List;

/**
 * What a worker asks the store to write on behalf of a lease: all of it, or nothing if the lease is
 * fenced off.
 */
public sealed interface Commit {

  /** On whose behalf. */
  Lease lease();

  /**
   * Everything that one episode writes; it ends the lease.
   *
   * <p>If the snapshot is a finished one, the store also deletes what is left in the inbox. If it
   * is terminated, it also deletes the instance's activity tasks. If the snapshot's execution
   * number is higher than the stored one, {@code appended} replaces the history, and messages for
   * the execution before are deleted. A child whose id is taken is not created: the parent gets a
   * {@code SubOrchestrationInstanceFailed} message instead.
   *
   * @param lease whose claim this answers
   * @param snapshot what the instance's row says from now on
   * @param firstSequence the place of the first appended event, from 1
   * @param appended new history events
   * @param consumed ids of messages to delete from the inbox, if they are there: those taken into
   *     the history, those dropped, and those of cancelled timers
   * @param activities to be run
   * @param children to be created
   * @param outbox messages to this and other instances
   * @param at when the episode ran, by the database's clock; becomes the time of the last update if
   *     events are appended, and the time of completion if the snapshot is the first finished one
   */
  record EpisodeCommit(
      InstanceLease lease,
      ExecutionSnapshot snapshot,
      int firstSequence,
      List<HistoryEvent> appended,
      List<String> consumed,
      List<ActivityTask> activities,
      List<NewInstance> children,
      List<Message> outbox,
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
