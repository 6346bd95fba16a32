/** Many pictures at once, but not too many: the code of {@code docs/howto/fan-out.md}. */
@NullMarked
package examples.fanout;

import org.jspecify.annotations.NullMarked;
