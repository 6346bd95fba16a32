/** The parts of the harness that work without a server. */
@NullMarked
package dev.durable.bench;

import org.jspecify.annotations.NullMarked;
