/**
 * The front door: what clients start, send, read and wait for.
 *
 * <p>{@link dev.durable.core.hub.TaskHubClient} writes through the store and reads from it; it runs
 * no user code and knows no worker. A hint after its write wakes the node sooner than a poll would.
 */
@NullMarked
package dev.durable.core.hub;

import org.jspecify.annotations.NullMarked;
