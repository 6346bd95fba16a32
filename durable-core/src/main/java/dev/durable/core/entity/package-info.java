/**
 * Entities: operations are run one after the other over a state.
 *
 * <p>A batch is a function of the state and the operations that are to be run; what comes of it is
 * data: the state after it, and for each operation its answer and what it has sent. User code runs
 * in {@link dev.durable.core.entity.EntityInvocation} only.
 */
@NullMarked
package dev.durable.core.entity;

import org.jspecify.annotations.NullMarked;
