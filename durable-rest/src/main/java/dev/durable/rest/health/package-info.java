/**
 * The health checks: is the loop alive, is the database there, has the engine started.
 *
 * <p>A server that is not alive is killed, one that is not ready only gets no requests. So an
 * outage of the database is never a matter of life: killing every node would not bring the database
 * back.
 */
@NullMarked
package dev.durable.rest.health;

import org.jspecify.annotations.NullMarked;
