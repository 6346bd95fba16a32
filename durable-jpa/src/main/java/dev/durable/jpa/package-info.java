/**
 * The task hub in one relational database, through Jakarta Persistence.
 *
 * <p>{@link dev.durable.jpa.JpaTaskHubStore} is the door; it runs in whatever transaction the
 * caller has, and begins none. Rows are the tables one to one. The ways to claim and lock them,
 * which differ from database to database, are all in {@code Claims}. Locks are taken in a fixed
 * order: first the rows that leases are about and those of others that are changed with them,
 * instances before tasks, each in the order of their keys; then what else is written, inbox,
 * history, task.
 */
@NullMarked
package dev.durable.jpa;

import org.jspecify.annotations.NullMarked;
