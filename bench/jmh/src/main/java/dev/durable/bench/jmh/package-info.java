/**
 * What the core costs by itself: no server, no database, no other threads than those measured. To
 * find what an episode spends its time on, and to see what a change does to it; what users get is
 * measured by the other benchmarks.
 */
@NullMarked
package dev.durable.bench.jmh;

import org.jspecify.annotations.NullMarked;
