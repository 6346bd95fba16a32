package dev.durable.core.store;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Lease.InstanceLease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claimed instance with all that an episode needs.
 *
 * @param lease who holds it
 * @param execution what its row says
 * @param history the present execution's history, from its first event; empty for an entity
 * @param inbox its visible messages in no particular order; at least one, if it was claimed
 * @param attempt how often it was claimed since its last commit, this time included
 * @param entity what an entity has besides; null for an orchestration
 * @param results those of its activities that its node has not stored yet, and that are to be
 *     stored with the episode
 */
public record InstanceWorkItem(
    InstanceLease lease,
    ExecutionSnapshot execution,
    List<HistoryEvent> history,
    List<InboxMessage> inbox,
    int attempt,
    @Nullable EntityWork entity,
    List<ActivityCompletion> results) {

  /** That of an orchestration. */
  public InstanceWorkItem(
      InstanceLease lease,
      ExecutionSnapshot execution,
      List<HistoryEvent> history,
      List<InboxMessage> inbox,
      int attempt) {
    this(lease, execution, history, inbox, attempt, null);
  }

  /** As it is stored. */
  public InstanceWorkItem(
      InstanceLease lease,
      ExecutionSnapshot execution,
      List<HistoryEvent> history,
      List<InboxMessage> inbox,
      int attempt,
      @Nullable EntityWork entity) {
    this(lease, execution, history, inbox, attempt, entity, List.of());
  }

  /** The same with results that are not stored yet. */
  public InstanceWorkItem with(List<ActivityCompletion> unstored) {
    return new InstanceWorkItem(lease, execution, history, inbox, attempt, entity, unstored);
  }

  /** The code that it needs. */
  public FunctionKey code() {
    InstanceKind kind = entity == null ? InstanceKind.ORCHESTRATION : InstanceKind.ENTITY;
    return new FunctionKey(kind, execution.name(), execution.version());
  }
}
