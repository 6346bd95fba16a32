/**
 * The engine: history, replay, episodes, workers. It knows no container, owns no thread and reads
 * no clock.
 *
 * <p>The packages form a line; each may import only what stands to its left: {@code spi, history,
 * store, replay, episode, worker, hub}.
 */
@NullMarked
package dev.durable.core;

import org.jspecify.annotations.NullMarked;
