/** What an operator's page may do: the code of {@code docs/howto/repair-an-instance.md}. */
@NullMarked
package examples.repair;

import org.jspecify.annotations.NullMarked;
