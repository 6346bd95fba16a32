/** Functions in a WAR. */
@NullMarked
package dev.durable.it.discovery.war;

import org.jspecify.annotations.NullMarked;
