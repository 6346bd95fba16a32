/**
 * Two orchestrations that talk to each other: the code of {@code
 * docs/howto/events-between-orchestrations.md}.
 */
@NullMarked
package examples.events;

import org.jspecify.annotations.NullMarked;
