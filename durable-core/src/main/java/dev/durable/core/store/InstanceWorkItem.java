package dev.durable.core.store;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.store.Lease.InstanceLease;
import java.util.List;

/**
 * A claimed instance with all that an episode needs.
 *
 * @param lease who holds it
 * @param execution what its row says
 * @param history the present execution's history, from its first event
 * @param inbox its visible messages in no particular order, at least one
 * @param attempt how often it was claimed since its last commit, this time included
 */
public record InstanceWorkItem(
    InstanceLease lease,
    ExecutionSnapshot execution,
    List<HistoryEvent> history,
    List<InboxMessage> inbox,
    int attempt) {}
