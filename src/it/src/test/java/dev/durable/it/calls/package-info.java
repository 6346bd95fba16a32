/**
 * Calls of activities and sub-orchestrations as the container runs them: retries, time-outs, what
 * an activity knows of its call, cancellation, and several calls at once. Everything here runs in
 * the server.
 */
@NullMarked
package dev.durable.it.calls;

import org.jspecify.annotations.NullMarked;
