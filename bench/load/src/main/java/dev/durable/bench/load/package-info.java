/**
 * What drives an engine, and measures it, inside the process that runs the engine: the same code,
 * with the same number of threads, for each engine that is compared.
 */
@NullMarked
package dev.durable.bench.load;

import org.jspecify.annotations.NullMarked;
