/**
 * A payment that is tried again, a copy that goes on where it stopped, and a label that must not be
 * printed twice: the code of {@code docs/howto/retry-and-time-out.md}.
 */
@NullMarked
package examples.retry;

import org.jspecify.annotations.NullMarked;
