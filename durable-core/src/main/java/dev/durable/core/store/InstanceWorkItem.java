package dev.durable.core.store;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.store.Lease.InstanceLease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claimed instance with all that an episode needs.
 *
 * @param lease who holds it
 * @param execution what its row says
 * @param history the present execution's history, from its first event; empty for an entity
 * @param inbox its visible messages in no particular order, at least one
 * @param attempt how often it was claimed since its last commit, this time included
 * @param entity what an entity has besides; null for an orchestration
 */
public record InstanceWorkItem(
    InstanceLease lease,
    ExecutionSnapshot execution,
    List<HistoryEvent> history,
    List<InboxMessage> inbox,
    int attempt,
    @Nullable EntityWork entity) {

  /** That of an orchestration. */
  public InstanceWorkItem(
      InstanceLease lease,
      ExecutionSnapshot execution,
      List<HistoryEvent> history,
      List<InboxMessage> inbox,
      int attempt) {
    this(lease, execution, history, inbox, attempt, null);
  }

  /** The code that it needs. */
  public FunctionKey code() {
    InstanceKind kind = entity == null ? InstanceKind.ORCHESTRATION : InstanceKind.ENTITY;
    return new FunctionKey(kind, execution.name(), execution.version());
  }
}
