/**
 * The loops of a node, without their threads: claim, run, commit, renew.
 *
 * <p>A worker is an object with a {@code poll()}; who calls it, and on which thread, is the host's
 * business. All work is offered to an executor and completed later.
 */
@NullMarked
package dev.durable.core.worker;

import org.jspecify.annotations.NullMarked;
