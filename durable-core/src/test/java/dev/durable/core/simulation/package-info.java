/**
 * Deterministic simulation: several nodes over one task hub, on one thread, with one seed.
 *
 * <p>The seed decides who works next, what time it is, which calls of the store fail or arrive
 * late, which nodes freeze or die, and what the clients do. {@link
 * dev.durable.core.simulation.Invariants} looks at the hub after every transaction; at the end all
 * that was started must have finished with the output that {@link
 * dev.durable.core.simulation.ScriptModel} computes without the engine.
 */
@NullMarked
package dev.durable.core.simulation;

import org.jspecify.annotations.NullMarked;
