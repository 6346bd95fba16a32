/**
 * The task hub in one relational database, through Jakarta Persistence.
 *
 * <p>{@link dev.durable.jpa.JpaTaskHubStore} is the door; it runs in whatever transaction the
 * caller has, and begins none. Rows are the tables one to one. What differs from database to
 * database is the way to lock rows, and it is all in {@code Claims}. The order of locks is always
 * instance, inbox, history, task, and rows of one table in the order of their keys.
 */
@NullMarked
package dev.durable.jpa;

import org.jspecify.annotations.NullMarked;
