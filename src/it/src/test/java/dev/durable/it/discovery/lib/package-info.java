/** Functions in a library of an EAR. */
@NullMarked
package dev.durable.it.discovery.lib;

import org.jspecify.annotations.NullMarked;
