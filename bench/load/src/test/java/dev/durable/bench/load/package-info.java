/** The driver, without an engine. */
@NullMarked
package dev.durable.bench.load;

import org.jspecify.annotations.NullMarked;
