/** What is known of processes, without starting any. */
@NullMarked
package dev.durable.testbed.server;

import org.jspecify.annotations.NullMarked;
