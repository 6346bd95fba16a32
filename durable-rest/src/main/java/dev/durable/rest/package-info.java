/**
 * The management API over HTTP: start, look, send events, the whole life cycle, entities, and the
 * nodes. Paths and fields are those of Azure Durable Functions, so that clients and habits carry
 * over; errors are problem documents (RFC 9457).
 *
 * <p>Resources only translate. What an answer is made of, {@link dev.durable.rest.Answer}, knows no
 * container; every exception becomes a problem in one place, {@link
 * dev.durable.rest.ProblemCatalogue}. Who may do what is said twice, in {@code web.xml} and at the
 * methods, and what neither mentions is denied.
 */
@NullMarked
package dev.durable.rest;

import org.jspecify.annotations.NullMarked;
