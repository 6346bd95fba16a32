package dev.durable.core.store;

import dev.durable.core.store.Lease.ActivityLease;
import org.jspecify.annotations.Nullable;

/**
 * How far an activity is.
 *
 * @param lease on whose behalf
 * @param details JSON text, or null
 */
public record Progress(ActivityLease lease, @Nullable String details) {}
