/**
 * The test of the checks: correct data is found to be so, and of each check one seeded violation is
 * found by it. A query that was edited wrongly finds nothing, and looks like success.
 */
@NullMarked
package dev.durable.testbed.check;

import org.jspecify.annotations.NullMarked;
