/** A trip that is booked whole or not at all: the code of {@code docs/howto/saga.md}. */
@NullMarked
package examples.saga;

import org.jspecify.annotations.NullMarked;
