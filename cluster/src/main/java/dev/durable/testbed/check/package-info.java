/**
 * Whether the tables of a task hub hold what they must: queries that find what is wrong, whatever
 * happened before. They know the schema, and nothing of the engine's code, so that neither can hide
 * a mistake of the other. PostgreSQL only.
 */
@NullMarked
package dev.durable.testbed.check;

import org.jspecify.annotations.NullMarked;
