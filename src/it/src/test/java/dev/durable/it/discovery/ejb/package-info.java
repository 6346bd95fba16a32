/** Functions in an EJB jar. */
@NullMarked
package dev.durable.it.discovery.ejb;

import org.jspecify.annotations.NullMarked;
