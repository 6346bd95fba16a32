/** Holds the documentation to the code that this module compiles. */
@NullMarked
package examples;

import org.jspecify.annotations.NullMarked;
