/** How tests that run outside of the server reach the client in it. */
@NullMarked
package dev.durable.it.lifecycle.desk;

import org.jspecify.annotations.NullMarked;
