/**
 * The store on the databases it supports: Derby in memory and an embedded PostgreSQL. The contract
 * is that of every store; the rest is about what only a database can get wrong: constraints, locks,
 * schema versions, statement counts.
 */
@NullMarked
package dev.durable.jpa;

import org.jspecify.annotations.NullMarked;
