/**
 * What an orchestrator has besides calls, in a server: time, timers, events, random numbers, the
 * logger, custom status, and lives that go on and on.
 */
@NullMarked
package dev.durable.it.diary;

import org.jspecify.annotations.NullMarked;
