/**
 * What can be shown of the composition root without a server; the rest is shown on one, by the
 * server tests.
 */
@NullMarked
package dev.durable.ejb;

import org.jspecify.annotations.NullMarked;
