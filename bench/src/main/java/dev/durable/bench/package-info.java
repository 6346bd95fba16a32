/**
 * The benchmark harness: a process of its own that makes a server, drives loads in it and prints
 * one line of JSON for each scenario. What runs inside the server is the module {@code
 * durable-bench-application}.
 */
@NullMarked
package dev.durable.bench;

import org.jspecify.annotations.NullMarked;
