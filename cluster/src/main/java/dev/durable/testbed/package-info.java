/**
 * A cluster on one machine: PostgreSQL and several Open Liberty servers. {@code tryout} is for
 * people who want to see it work, {@code fault} breaks it on purpose under load, and {@code check}
 * looks at what is in the database afterwards.
 */
@NullMarked
package dev.durable.testbed;

import org.jspecify.annotations.NullMarked;
