/** Work that is begun again and again without anything coming of it, in a server. */
@NullMarked
package dev.durable.it.poison;

import org.jspecify.annotations.NullMarked;
