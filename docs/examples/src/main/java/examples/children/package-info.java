/** An order of several parcels: the code of {@code docs/howto/sub-orchestrations.md}. */
@NullMarked
package examples.children;

import org.jspecify.annotations.NullMarked;
