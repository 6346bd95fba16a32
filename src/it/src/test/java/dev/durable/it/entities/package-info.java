/**
 * Entities as applications have them: called and signalled by orchestrations and clients, locked,
 * in transactions with rows of the application's. Everything here runs in the server.
 */
@NullMarked
package dev.durable.it.entities;

import org.jspecify.annotations.NullMarked;
