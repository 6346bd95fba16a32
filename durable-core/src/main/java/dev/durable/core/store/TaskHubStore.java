package dev.durable.core.store;

import dev.durable.InstancePage;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A task hub's memory: everything the engine needs from storage.
 *
 * <p>Each method is one transaction. None reads a clock: times come in as arguments, in the
 * database's time. Times are kept in milliseconds. Worker methods take and return collections: one
 * call is one transaction, however many items it is about. Races that must be expected are return
 * values; an exception means that the transaction was rolled back, or, if it came from the commit
 * itself, that nobody knows.
 *
 * <p>Every write for a lease is fenced by the lease's version, in the same transaction. Whether the
 * lease has run out does not matter to the fence: a lease decides who may try, the version decides
 * who wins.
 *
 * <p>Thread-safe.
 */
public interface TaskHubStore {

  /** What became of {@link #create}. */
  sealed interface CreateOutcome {
    /**
     * The instance exists now; a finished one of the same id, with its history and inbox, was
     * replaced.
     */
    record Created() implements CreateOutcome {}

    /** The id is taken by an instance that has not finished. Nothing was written. */
    record Exists(RuntimeStatus status) implements CreateOutcome {}
  }

  /** What became of {@link #send}. */
  sealed interface SendOutcome {
    /** The message is in the inbox, or one of the same id lay there already. */
    record Accepted() implements SendOutcome {}

    /** There is no such instance. Nothing was written. */
    record NotFound() implements SendOutcome {}

    /** The instance has finished. Nothing was written. */
    record Finished(RuntimeStatus status) implements SendOutcome {}
  }

  /** What became of a {@link Commit}. */
  enum CommitOutcome {
    /** All of it is written. */
    COMMITTED,
    /**
     * Somebody else has claimed or committed since, or the task is gone. Nothing of it was written.
     */
    FENCED
  }

  // ---- for clients: these join the caller's transaction where the host has one

  /** Creates an instance in status PENDING and puts its start message into its inbox. */
  CreateOutcome create(NewInstance instance);

  /**
   * Puts a message, for whatever execution is the present one, into an instance's inbox.
   *
   * @param messageId as {@link Message#messageId()}
   */
  SendOutcome send(String instanceId, String messageId, HistoryEvent event, Instant visibleAt);

  /** What is known about an instance. */
  Optional<OrchestrationStatus> status(String instanceId);

  /**
   * Instances, newest first, then by id, with the payloads that are asked for.
   *
   * @throws IllegalArgumentException if the continuation token is not one of this method's
   */
  InstancePage list(InstanceQuery query);

  /** The history of the present execution; empty if there is no such instance. */
  Optional<List<HistoryEvent>> history(String instanceId);

  // ---- for workers: each is a transaction of its own

  /**
   * Leases instances that have a visible message and no live lease, those with the oldest message
   * first, and hands them out with all their {@link Message#isDeliverable deliverable} messages.
   * Each claim raises the version and the attempt count. Finished instances with messages are
   * claimed as well, so that these can be dropped.
   */
  List<InstanceWorkItem> claimInstances(Claim claim);

  /**
   * Leases activity tasks that are visible and have no live lease, oldest first. Each claim raises
   * the version and the attempt count.
   */
  List<ActivityWorkItem> claimActivities(Claim claim);

  /**
   * Writes each commit whose fence holds, all in one transaction. The outcomes are in the order of
   * the commits.
   */
  List<CommitOutcome> commit(List<? extends Commit> commits);

  /**
   * Extends leases that still stand. Raises no version.
   *
   * @return those that are lost
   */
  List<Lease> renew(Collection<? extends Lease> leases, Instant until);

  /**
   * Keeps how far activities have come, for those whose leases stand; others are passed over. The
   * next claim hands it out as {@code task().call().progress()}. Raises no version.
   */
  void saveProgress(Collection<Progress> progress);

  /**
   * Gives work back undone; it may be claimed again from that time on. The claim stays counted as
   * an attempt. Leases that are lost are passed over.
   */
  void release(Collection<? extends Lease> leases, Instant claimableFrom);

  /**
   * Gives work back that was not begun. The same as {@link #release}, except that its claim is not
   * counted as an attempt. The version stays raised.
   */
  void unclaim(Collection<? extends Lease> leases, Instant claimableFrom);
}
