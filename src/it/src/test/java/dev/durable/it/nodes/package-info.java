/**
 * Several nodes over one task hub: releases of an application side by side, nodes that are drained,
 * and task hubs that share a database.
 */
@NullMarked
package dev.durable.it.nodes;

import org.jspecify.annotations.NullMarked;
