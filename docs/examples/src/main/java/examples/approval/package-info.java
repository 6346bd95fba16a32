/** An expense that a manager approves: the code of {@code docs/howto/human-approval.md}. */
@NullMarked
package examples.approval;

import org.jspecify.annotations.NullMarked;
