/**
 * What the engine does in transactions of the container: clients join their caller's, an activity's
 * writes and its completion are one commit, and who has lost its lease writes nothing. Everything
 * here runs in the server.
 */
@NullMarked
package dev.durable.it.transactions;

import org.jspecify.annotations.NullMarked;
