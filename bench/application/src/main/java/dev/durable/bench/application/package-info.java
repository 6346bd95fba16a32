/**
 * What is measured, and what measures it inside the server. A load is a number of orchestrations of
 * one kind; it is driven by threads of the server that start them and wait for them with the client
 * that every application has, so no HTTP lies in between. Figures leave the server raw.
 */
@NullMarked
package dev.durable.bench.application;

import org.jspecify.annotations.NullMarked;
