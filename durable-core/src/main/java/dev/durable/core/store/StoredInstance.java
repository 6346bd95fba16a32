package dev.durable.core.store;

import dev.durable.EntityStatus;
import dev.durable.FailureDetails;
import dev.durable.InstanceQuery.Payload;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.Commit.EpisodeCommit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An instance of the {@link InMemoryTaskHub}: its row, history and inbox. Guarded by the hub. */
final class StoredInstance {

  final InstanceRef ref;
  final List<HistoryEvent> history = new ArrayList<>();
  final Map<String, InboxMessage> inbox = new LinkedHashMap<>();
  private final Set<Integer> answered = new HashSet<>();
  ExecutionSnapshot execution;

  long version = Start.FIRST_VERSION;
  @Nullable String owner;
  Instant claimableFrom = Instant.MIN;
  int attempt;

  /** The messages that are held back. */
  final Set<String> heldBack = new HashSet<>();

  final boolean entity;
  @Nullable String state;
  @Nullable ParentTask lockedBy;

  /** Ids of events that are remembered, with the time of their arrival. */
  final Map<String, Instant> eventIds = new HashMap<>();

  private Map<String, String> tags;
  private @Nullable String input;
  private Instant createdAt;
  private Instant updatedAt;
  private @Nullable Instant completedAt;

  StoredInstance(InstanceRef ref, NewInstance created) {
    this.ref = ref;
    this.entity = false;
    this.execution = pending(1, created);
    this.tags = created.tags();
    this.input = created.input();
    this.createdAt = created.createdAt();
    this.updatedAt = created.createdAt();
  }

  /** An entity. */
  StoredInstance(InstanceRef ref, Instant createdAt) {
    this.ref = ref;
    this.entity = true;
    this.execution = ExecutionSnapshot.entity(ref.id());
    this.tags = Map.of();
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
  }

  /** As the first claim leaves it, for one that is claimed with its creation. */
  void lease(Claim claim) {
    owner = claim.owner();
    claimableFrom = claim.leaseUntil();
    attempt = 1;
  }

  /** Whether nobody has claimed or changed it since its creation. */
  boolean isAsCreated() {
    return version == Start.FIRST_VERSION;
  }

  private static ExecutionSnapshot pending(int number, NewInstance created) {
    return new ExecutionSnapshot(
        number,
        created.executionId(),
        created.name(),
        created.version(),
        RuntimeStatus.PENDING,
        null,
        null,
        null,
        created.parent());
  }

  /** Begins a new life of it. */
  void replaceBy(NewInstance created) {
    execution = pending(execution.number() + 1, created);
    tags = created.tags();
    input = created.input();
    createdAt = created.createdAt();
    updatedAt = created.createdAt();
    completedAt = null;
    unlease();
    clearHistory();
    inbox.clear();
    eventIds.clear();
  }

  /** Ends it from outside of any episode. */
  void end(ExecutionTerminated event, Instant at) {
    history.add(event);
    execution =
        execution.ended(RuntimeStatus.TERMINATED, null, Failures.terminated(event.reason()));
    completedAt = at;
    updatedAt = at;
    inbox.clear();
    unlease();
  }

  /** Makes a failed one run again. */
  void rewind(Instant at) {
    execution = execution.with(RuntimeStatus.RUNNING, execution.customStatus());
    completedAt = null;
    updatedAt = at;
    unlease();
  }

  /** Gives it another parent. */
  void adopt(@Nullable ParentTask parent) {
    execution = execution.of(parent);
    version++;
    owner = null;
    claimableFrom = Instant.MIN;
  }

  /** Whether an earlier execution of the caller has made the same call. */
  boolean isFromBefore(NewInstance call) {
    return execution.parent() != null
        && call.parent() != null
        && execution.parent().execution() < call.parent().execution()
        && execution.name().equals(call.name())
        && Objects.equals(input, call.input());
  }

  void block(FailureDetails reason, Instant until) {
    execution = execution.blocked(reason);
    owner = null;
    boolean isToEnd =
        inbox.values().stream().anyMatch(m -> m.message().event() instanceof ExecutionTerminated);
    claimableFrom = isToEnd ? Instant.MIN : until;
    attempt = 0;
  }

  boolean isFinished() {
    return execution.status().isFinished();
  }

  InstanceKind kind() {
    return entity ? InstanceKind.ENTITY : InstanceKind.ORCHESTRATION;
  }

  /** The code that it needs. */
  FunctionKey code() {
    return new FunctionKey(kind(), execution.name(), execution.version());
  }

  /** Whether a claim at that time may find it. */
  boolean isDue(Instant now) {
    return !claimableFrom.isAfter(now) && dueSince(now).isPresent();
  }

  boolean isLeased(Instant now) {
    return owner != null && claimableFrom.isAfter(now);
  }

  boolean isBlocked() {
    return execution.status() == RuntimeStatus.BLOCKED;
  }

  Instant createdAt() {
    return createdAt;
  }

  private void unlease() {
    version++;
    owner = null;
    claimableFrom = Instant.MIN;
    attempt = 0;
  }

  /**
   * What the constraints of a database would refuse.
   *
   * @throws IllegalStateException naming the constraint
   */
  void checkConstraints(EpisodeCommit commit) {
    boolean startsOver = commit.snapshot().number() > execution.number();
    int expected = startsOver ? 1 : history.size() + 1;
    if (commit.firstSequence() != expected) {
      throw new IllegalStateException(
          "unique (execution, sequence): "
              + ref
              + " appends at "
              + commit.firstSequence()
              + ", expected "
              + expected);
    }
    Set<Integer> answers = new HashSet<>(startsOver ? Set.of() : answered);
    for (HistoryEvent event : commit.appended()) {
      if (event instanceof Completion completion && !answers.add(completion.taskId())) {
        throw new IllegalStateException(
            "unique (execution, completed task): "
                + ref
                + " has an answer to "
                + completion.taskId());
      }
    }
  }

  /** Writes what an episode says of its own instance. */
  void write(EpisodeCommit commit) {
    if (commit.snapshot().number() > execution.number()) {
      int before = execution.number();
      clearHistory();
      Instant remembered = commit.at().minus(TaskHubStore.EVENT_ID_RETENTION);
      eventIds.values().removeIf(received -> received.isBefore(remembered));
      inbox
          .values()
          .removeIf(
              m ->
                  m.message().execution() != Message.ANY_EXECUTION
                      && m.message().execution() <= before);
    }
    if (commit.snapshot().status().isFinished() && completedAt == null) {
      completedAt = commit.at();
    }
    for (HistoryEvent event : commit.appended()) {
      history.add(event);
      if (event instanceof Completion completion) {
        answered.add(completion.taskId());
      }
    }
    if (!commit.appended().isEmpty() || commit.snapshot().number() > execution.number()) {
      updatedAt = commit.at();
    }
    execution = commit.snapshot();
    commit.consumed().forEach(inbox::remove);
    if (execution.status().isFinished()) {
      eventIds.keySet().removeAll(inbox.keySet());
      inbox.clear();
    }
    unlease();
  }

  /** Writes what a batch of operations says of its own entity. */
  void write(EntityCommit commit) {
    state = commit.state();
    lockedBy = commit.lockedBy();
    commit.consumed().forEach(inbox::remove);
    heldBack.addAll(commit.heldBack());
    if (commit.bringsBack()) {
      heldBack.clear();
    }
    heldBack.retainAll(inbox.keySet());
    updatedAt = commit.at();
    execution = execution.with(RuntimeStatus.RUNNING, null);
    unlease();
  }

  /** Whether nothing would be lost with it. */
  boolean isEmpty() {
    return entity && state == null && lockedBy == null && inbox.isEmpty();
  }

  Instant updatedAt() {
    return updatedAt;
  }

  /** So that it is not removed while a message is on its way. */
  void touch(Instant at) {
    if (isEmpty() && updatedAt.isBefore(at.minus(TaskHubStore.EMPTY_ENTITY_GRACE.dividedBy(2)))) {
      updatedAt = at;
    }
  }

  /** Whether that execution of it goes on. */
  boolean isRunning(int number) {
    return !isFinished() && execution.number() == number;
  }

  EntityStatus entityStatus(boolean withState) {
    return new EntityStatus(
        EntityDelivery.entity(ref.id()),
        withState ? state : null,
        state != null,
        createdAt,
        updatedAt,
        inbox.size(),
        lockedBy == null ? null : lockedBy.instance().id(),
        execution.failure());
  }

  /** Its messages that a claim may hand out. */
  Stream<InboxMessage> deliverable(Instant now) {
    return inbox.values().stream()
        .filter(m -> !heldBack.contains(m.message().messageId()))
        .filter(m -> m.message().isDeliverable(now));
  }

  private void clearHistory() {
    history.clear();
    answered.clear();
  }

  /** When its oldest visible message became visible. */
  Optional<Instant> dueSince(Instant now) {
    return deliverable(now)
        .map(m -> m.message().visibleAt())
        .filter(visibleAt -> !visibleAt.isAfter(now))
        .min(Instant::compareTo);
  }

  OrchestrationStatus status() {
    return status(EnumSet.allOf(Payload.class));
  }

  /** With these payloads only. */
  OrchestrationStatus status(Set<Payload> payloads) {
    return new OrchestrationStatus(
        ref.id(),
        execution.executionId(),
        execution.name(),
        execution.status(),
        createdAt,
        updatedAt,
        completedAt,
        payloads.contains(Payload.INPUT) ? input : null,
        payloads.contains(Payload.OUTPUT) ? execution.output() : null,
        payloads.contains(Payload.CUSTOM_STATUS) ? execution.customStatus() : null,
        execution.failure(),
        execution.parent() == null ? null : execution.parent().instance().id(),
        execution.version(),
        tags);
  }
}
