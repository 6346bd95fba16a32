/**
 * Functions are found in every kind of archive of an application, and call each other across them;
 * an application whose functions or settings are wrong does not start, and says why.
 */
@NullMarked
package dev.durable.it.discovery;

import org.jspecify.annotations.NullMarked;
