/** The short version of the scenarios, in every build. */
@NullMarked
package dev.durable.testbed.fault;

import org.jspecify.annotations.NullMarked;
