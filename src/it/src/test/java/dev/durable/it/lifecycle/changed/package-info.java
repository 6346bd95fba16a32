/** The code that comes after it: some of it fits what has begun, some does not. */
@NullMarked
package dev.durable.it.lifecycle.changed;

import org.jspecify.annotations.NullMarked;
