/** A shop that is looked at for ever: the code of {@code docs/howto/eternal-monitor.md}. */
@NullMarked
package examples.monitor;

import org.jspecify.annotations.NullMarked;
