/**
 * Tests on a real server with the packed EAR. The whole suite runs twice, on Derby and on
 * PostgreSQL; the environment variable {@code DURABLE_DB} says which, to the tests as well as to
 * the servers that they start.
 */
@NullMarked
package dev.durable.it;

import org.jspecify.annotations.NullMarked;
