/** The part of the benchmarks that needs what the store on JPA does not show to others. */
@NullMarked
package dev.durable.jpa;

import org.jspecify.annotations.NullMarked;
