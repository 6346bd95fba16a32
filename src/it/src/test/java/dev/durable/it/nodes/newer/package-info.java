/** The application as it is to be: one more activity, one more orchestrator, a newer version. */
@NullMarked
package dev.durable.it.nodes.newer;

import org.jspecify.annotations.NullMarked;
