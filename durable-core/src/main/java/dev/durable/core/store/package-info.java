/**
 * The memory of a task hub: what the engine needs from storage, and that memory in memory.
 *
 * <p>Each method of {@link dev.durable.core.store.TaskHubStore} is one transaction and reads no
 * clock. Leases decide who may try, the version decides who wins.
 */
@NullMarked
package dev.durable.core.store;

import org.jspecify.annotations.NullMarked;
