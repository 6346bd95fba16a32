/**
 * Open Liberty and PostgreSQL as processes of this machine: started on free ports, watched, frozen,
 * killed and restarted. They are started as users start them, by their own scripts, and never
 * outlive the program that started them.
 */
@NullMarked
package dev.durable.testbed.server;

import org.jspecify.annotations.NullMarked;
