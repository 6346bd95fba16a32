/**
 * The language of the tests: events and decisions in words, functions from lambdas, and the
 * contract of every store.
 *
 * <p>Shipped as a test jar, so that other stores can be held against {@link
 * dev.durable.core.testing.TaskHubStoreContract}.
 */
@NullMarked
package dev.durable.core.testing;

import org.jspecify.annotations.NullMarked;
