/** Functions in an application that must not start. */
@NullMarked
package dev.durable.it.discovery.refused;

import org.jspecify.annotations.NullMarked;
