/** An application as it was. */
@NullMarked
package dev.durable.it.nodes.older;

import org.jspecify.annotations.NullMarked;
