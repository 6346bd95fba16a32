/** State with operations that run one at a time: the code of {@code docs/howto/entities.md}. */
@NullMarked
package examples.entities;

import org.jspecify.annotations.NullMarked;
