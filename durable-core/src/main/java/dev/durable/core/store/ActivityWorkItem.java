package dev.durable.core.store;

import dev.durable.core.store.Lease.ActivityLease;

/**
 * A claimed activity task.
 *
 * @param lease who holds it
 * @param task what to run
 * @param attempt how often it was claimed, this time included
 */
public record ActivityWorkItem(ActivityLease lease, ActivityTask task, int attempt) {}
