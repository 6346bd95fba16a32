/**
 * The facts of an instance's life. An event, once recorded, is never changed; a released event type
 * is kept for ever.
 *
 * <p>{@link dev.durable.core.history.RecordedHistory} is the one place that reads meaning from a
 * list of events.
 */
@NullMarked
package dev.durable.core.history;

import org.jspecify.annotations.NullMarked;
