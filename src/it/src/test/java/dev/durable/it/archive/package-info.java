/** The applications that Arquillian deploys, put together from the engine as it is delivered. */
@NullMarked
package dev.durable.it.archive;

import org.jspecify.annotations.NullMarked;
