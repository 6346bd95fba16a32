/**
 * A cluster to try out by hand: it is started with one command, says what can be done with it, and
 * is gone without a trace in the machine when the command ends.
 */
@NullMarked
package dev.durable.testbed.tryout;

import org.jspecify.annotations.NullMarked;
