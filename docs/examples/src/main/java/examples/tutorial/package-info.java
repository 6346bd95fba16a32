/** A parcel that waits for its van: the code of {@code docs/tutorial.md}. */
@NullMarked
package examples.tutorial;

import org.jspecify.annotations.NullMarked;
