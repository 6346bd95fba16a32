/**
 * Breaks a cluster on purpose while it works, and says whether it kept its promises: nothing is
 * lost, nothing is written by a node that has lost its lease, and work goes on in time. Each
 * scenario ends with the checks of {@code dev.durable.testbed.check}.
 */
@NullMarked
package dev.durable.testbed.fault;

import org.jspecify.annotations.NullMarked;
