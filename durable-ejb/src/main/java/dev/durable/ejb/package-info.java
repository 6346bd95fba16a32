/**
 * The engine inside a Jakarta EE server: the composition root.
 *
 * <p>{@link dev.durable.ejb.TaskHubStartup} starts and stops everything. {@link
 * dev.durable.ejb.FunctionExtension} finds the application's functions when it is deployed. What
 * the server gives (threads, transactions, configuration, metrics) is bound here to the doors of
 * the core, which knows none of it.
 */
@NullMarked
package dev.durable.ejb;

import org.jspecify.annotations.NullMarked;
