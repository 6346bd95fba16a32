package dev.durable.core.store;

import dev.durable.EntityCleanUp;
import dev.durable.EntityId;
import dev.durable.EntityPage;
import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import dev.durable.FailureDetails;
import dev.durable.InstanceFilter;
import dev.durable.InstancePage;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.store.Lease.InstanceLease;
import java.time.Duration;
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

  /** For how long ids of events are remembered over continue-as-new. */
  Duration EVENT_ID_RETENTION = Duration.ofDays(7);

  /**
   * For how long an entity must have been empty before it is removed: far longer than a transaction
   * takes that has found it and is about to send to it.
   */
  Duration EMPTY_ENTITY_GRACE = Duration.ofHours(1);

  /** Why an instance is terminated that is replaced before it has finished. */
  String REPLACED = "Another instance was started with its id.";

  /** Why a failed child is rewound that its parent, which was rewound, adopts. */
  String REWOUND_WITH_PARENT = "Its parent was rewound.";

  /** What became of {@link #create}. */
  sealed interface CreateOutcome {
    /**
     * The instance exists now; one of the same id that the policy allowed to replace was replaced,
     * with its history, inbox, tasks, tags and event ids.
     */
    record Created() implements CreateOutcome {}

    /** The id is taken, and the policy does not allow to replace it. Nothing was written. */
    record Exists(RuntimeStatus status) implements CreateOutcome {}
  }

  /** What became of one of {@link #start}. */
  sealed interface StartOutcome {
    /** The instance exists now, and is leased to the node. */
    record Claimed(InstanceWorkItem item) implements StartOutcome {}

    /** The instance exists now, and whoever claims it first has it. */
    record Created() implements StartOutcome {}

    /** The id is taken. Nothing was written for it. */
    record Taken() implements StartOutcome {}
  }

  /** What became of {@link #send}. */
  sealed interface SendOutcome {
    /** The message is in the inbox, or it was there before. */
    record Accepted() implements SendOutcome {}

    /** There is no such instance. Nothing was written. */
    record NotFound() implements SendOutcome {}

    /** The instance has finished. Nothing was written. */
    record Finished(RuntimeStatus status) implements SendOutcome {}
  }

  /** What became of an action that needs a certain status. */
  sealed interface ActionOutcome {
    /** It is done. */
    record Done() implements ActionOutcome {}

    /** There is no such instance. Nothing was written. */
    record NotFound() implements ActionOutcome {}

    /** The instance has another status. Nothing was written. */
    record WrongStatus(RuntimeStatus status) implements ActionOutcome {}
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

  /**
   * Creates an instance in status PENDING and puts its start message into its inbox. One that is
   * replaced before it has finished, which only {@link StartPolicy#TERMINATE_AND_REPLACE} allows,
   * is terminated as by {@link #terminateNow} with cascade first.
   */
  CreateOutcome create(NewInstance instance, StartPolicy policy);

  /**
   * Puts a message, for whatever execution is the present one, into an instance's inbox. If it is a
   * termination or a resumption and the instance is BLOCKED, that may be claimed at once, and its
   * attempts are counted anew.
   *
   * @param messageId as {@link Message#messageId()}
   * @param once whether the id is remembered, so that another message of that id is not taken in,
   *     also after this one has left the inbox; until the instance is purged or replaced, over
   *     continue-as-new for {@link #EVENT_ID_RETENTION}; not if it was still in the inbox when the
   *     instance failed, since it may be sent again after a rewind
   */
  SendOutcome send(
      String instanceId, String messageId, HistoryEvent event, Instant visibleAt, boolean once);

  /**
   * Puts a message into an entity's inbox, and creates the entity if it is the first one. If the
   * entity is empty and has not been updated for half of {@link #EMPTY_ENTITY_GRACE}, this updates
   * it, so that it is not removed before the message is in its inbox.
   *
   * @param at now, by the database's clock
   * @param once whether the id is remembered for {@link #EVENT_ID_RETENTION}, so that another
   *     message of that id is not taken in, also after this one has left the inbox
   */
  void sendToEntity(EntityDelivery delivery, Instant at, boolean once);

  /**
   * Whether {@link #sendToEntity} would neither create nor update the entity, and so keep nothing
   * of it locked to the end of the caller's transaction.
   *
   * @param entityId as {@link EntityDelivery#instanceId}
   * @param at now, by the database's clock
   * @return false also if that is not known
   */
  default boolean isReachable(String entityId, Instant at) {
    return false;
  }

  /**
   * Sees to it that an entity is there, and will not be removed for a while. To be called in a
   * short transaction of its own by who sends in one that may be long: two that create the same
   * entity would wait for each other, and one of them fail. A store that has nothing to do with the
   * transactions of its callers does nothing.
   *
   * @param entityId as {@link EntityDelivery#instanceId}
   * @param at now, by the database's clock
   */
  default void prepareEntity(String entityId, Instant at) {}

  /**
   * Ends an instance that has not finished without an episode, and without reading its history, of
   * which the event becomes the last: it is TERMINATED, its inbox and activity tasks are gone, its
   * parent has its answer, and if the event cascades, each of its children that has not finished
   * has the event in its inbox. Entities that it has locked get the {@link Message#unlock}. Raises
   * the version: an episode that runs is fenced off.
   */
  SendOutcome terminateNow(String instanceId, ExecutionTerminated event, Instant at);

  /**
   * Makes a FAILED instance RUNNING again, without failure and time of completion, with that
   * message in its inbox; its history stays as it is. Raises the version.
   */
  ActionOutcome rewind(String instanceId, ExecutionRewound event, Instant at);

  /** Deletes a finished instance with all that belongs to it; its children stay. */
  ActionOutcome purge(String instanceId);

  /**
   * Deletes finished instances among those that the filter means, the oldest first, with all that
   * belongs to them.
   *
   * @param max how many at most
   * @return how many
   */
  int purge(InstanceFilter filter, int max);

  /**
   * Forgets ids of signals that are older than {@link #EVENT_ID_RETENTION}; removes entities
   * without state, lock, messages and remembered ids that have not been updated since that time;
   * and sends the {@link Message#unlock} to entities that are locked by a task whose execution is
   * over.
   *
   * @param emptySince at least {@link #EMPTY_ENTITY_GRACE} before {@code at}
   * @param at now, by the database's clock
   * @param max how many of each kind at most
   */
  EntityCleanUp cleanUpEntities(Instant emptySince, Instant at, int max);

  // ---- for readers

  /** What is known about an instance; entities are none. */
  Optional<OrchestrationStatus> status(String instanceId);

  /**
   * Instances, entities left out, newest first, then by id, with the payloads that are asked for.
   *
   * @throws IllegalArgumentException if the continuation token is not one of this method's
   */
  InstancePage list(InstanceQuery query);

  /** What is known about an entity. */
  Optional<EntityStatus> entity(EntityId id);

  /**
   * Entities, in the order of their ids as character codes.
   *
   * @throws IllegalArgumentException if the continuation token is not one of this method's
   */
  EntityPage listEntities(EntityQuery query);

  /** The history of the present execution; empty if there is no such instance. */
  Optional<List<HistoryEvent>> history(String instanceId);

  // ---- for workers: each is a transaction of its own

  /**
   * Keys for instances that are to be created by this node: nobody else ever gets one of them,
   * whether it is used or not.
   *
   * @param count how many
   */
  List<Long> keys(int count);

  /**
   * Creates instances whose start is due, as {@link #create} does, and leases as many of them as
   * the claim says, the first ones first, as if they were claimed right after.
   *
   * <p>One that is there already under the key of its start was created by an earlier try of which
   * nobody knew the outcome: if it is as this method has left it, it is as if it were created now;
   * otherwise it is {@link StartOutcome.Created}.
   *
   * @param starts of several with the same id, the first one is created
   * @param claim with 0 or more to be leased
   * @return what became of each, in their order
   */
  List<StartOutcome> start(List<Start> starts, Claim claim);

  /**
   * Leases instances that have a visible message and no live lease, those with the oldest message
   * first, and hands them out with all their {@link Message#isDeliverable deliverable} messages.
   * BLOCKED ones are claimed as soon as {@link #block} allows. Each claim raises the version and
   * the attempt count. Finished instances with messages are claimed as well, so that these can be
   * dropped. Messages that are {@linkplain Commit.EntityCommit#heldBack held back} are as good as
   * not there; one that an {@link Commit.EntityCommit} has consumed is never handed out again,
   * since entities have no history to recognise it by. Of a full inbox only the messages that came
   * first are handed out.
   *
   * <p>What the claim excludes, or leaves to others by its affinity, is as good as not there. An
   * instance that is handed out has all its history, however much of it was cached.
   */
  List<InstanceWorkItem> claimInstances(InstanceClaim claim);

  /**
   * Leases activity tasks that are visible, not {@linkplain Commit.OpenActivities#HELD held} and
   * have no live lease: those of a higher priority first, then the oldest. Each claim raises the
   * version and the attempt count.
   *
   * <p>A {@link HubLimit} is kept whichever nodes claim at the same moment, as long as all name the
   * same one.
   */
  List<ActivityWorkItem> claimActivities(ActivityClaim claim);

  /** What a claim at that time may find; exclusions and limits are not looked at. */
  Due due(Instant now);

  /**
   * Writes each commit whose fence holds, all in one transaction. The outcomes are in the order of
   * the commits.
   *
   * <p>One that {@linkplain Commit.EpisodeCommit#created creates} its instance is fenced off if the
   * id is taken. If it is taken by the instance with the very key of its lease, an earlier try of
   * the same commit was written, of which nobody knew the outcome: then nothing more is written,
   * and it is {@link CommitOutcome#COMMITTED}, whatever has become of the instance since.
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

  /**
   * Makes an instance BLOCKED for that reason and gives it back; it may be claimed again from that
   * time on, with its attempts counted anew; at once if a termination lies in its inbox, which
   * needs nobody to run it. A lease that is lost is passed over.
   */
  void block(InstanceLease lease, FailureDetails reason, Instant claimableFrom);

  /**
   * Lets BLOCKED instances be claimed at once that may be claimed before that time; those that
   * nothing but a resumption frees are blocked until later than that.
   *
   * @return how many
   */
  int unblock(Instant before, Instant now);

  // ---- for nodes

  /**
   * Says that a node lives, and writes all that it says of itself except {@link
   * NodeRecord#draining}, which is kept as {@link #drain} has left it; as the node says if it is
   * new.
   *
   * @return all nodes of the hub that have not left, this one included, by name; lost ones as well
   */
  List<NodeRecord> heartbeat(NodeRecord node);

  /** Removes a node that has ended, or is lost, and frees its partitions. */
  void leave(String node);

  /**
   * Lets a node claim nothing more, or claim again.
   *
   * @return whether there is such a node
   */
  boolean drain(String node, boolean draining);

  /** All nodes of the hub that have not left, by name; lost ones as well. */
  List<NodeRecord> nodes();

  /**
   * Renews a node's partitions, gives back and takes what it wants; one that somebody else has is
   * not taken.
   *
   * @return all partitions of that number after this, by number; those that nobody ever had
   *     included
   */
  List<PartitionLease> leasePartitions(PartitionClaim claim);

  /** As {@link #leasePartitions}, without a change. */
  List<PartitionLease> partitions(int partitions);

  /** What waits, and what runs. */
  Backlog backlog(Instant now);

  /**
   * Looks for what does not go on by itself.
   *
   * @param overdueSince since when work must have been claimable to be told
   * @param now by the database's clock
   * @param max how many of each kind at most
   */
  Findings inspect(Instant overdueSince, Instant now, int max);

  /**
   * Gives back what nodes hold that have left: leases that have not run out, and whose owner {@link
   * #nodes} does not know. A lost node is known, and perhaps only slow: its leases run out by
   * themselves. The claims stay counted as attempts. If such a node does live, its commits are
   * fenced off by whoever claims next, as always.
   *
   * @param max how many of instances and of activity tasks at most
   * @return how many
   */
  int releaseAbandoned(Instant now, int max);
}
