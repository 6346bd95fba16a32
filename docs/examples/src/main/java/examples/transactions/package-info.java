/** Rows and orchestrations that commit together: the code of {@code docs/howto/transactions.md}. */
@NullMarked
package examples.transactions;

import org.jspecify.annotations.NullMarked;
