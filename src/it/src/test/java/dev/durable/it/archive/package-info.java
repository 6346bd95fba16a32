/**
 * The archives: what Arquillian deploys, put together from the engine as it is delivered, and the
 * EAR that is delivered.
 */
@NullMarked
package dev.durable.it.archive;

import org.jspecify.annotations.NullMarked;
