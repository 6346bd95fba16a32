/**
 * Servers of the tests' own: each is made from the product's configuration and the packed EAR,
 * exactly as an operator would, then started, asked over HTTP, stopped or killed, and started
 * again.
 *
 * <p>A server's database outlives it, so that a test can look at what was committed.
 */
@NullMarked
package dev.durable.it.server;

import org.jspecify.annotations.NullMarked;
