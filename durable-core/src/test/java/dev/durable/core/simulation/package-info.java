/**
 * Deterministic simulation: several nodes over one task hub, on one thread, with one seed.
 *
 * <p>The seed decides who works next, what time it is, which calls of the store fail or arrive
 * late, which nodes freeze, die or get other code, what the clients start ({@link
 * dev.durable.core.simulation.Programs} made of {@link dev.durable.core.simulation.Step}s), and
 * what they do to it. {@link dev.durable.core.simulation.Invariants} looks at the hub after every
 * transaction; at the end all that was started must have finished with what {@link
 * dev.durable.core.simulation.ScriptModel} finds possible without the engine.
 */
@NullMarked
package dev.durable.core.simulation;

import org.jspecify.annotations.NullMarked;
