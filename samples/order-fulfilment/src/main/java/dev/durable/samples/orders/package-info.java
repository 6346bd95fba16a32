/**
 * Order fulfilment: an application as a user of Durable for Jakarta EE would write it.
 *
 * <p>{@link dev.durable.samples.orders.OrderOrchestrations} is the flow; {@link
 * dev.durable.samples.orders.Stock}, {@link dev.durable.samples.orders.Payments} and {@link
 * dev.durable.samples.orders.Shipping} are its activities, with JPA tables of their own in the same
 * database as the engine; {@link dev.durable.samples.orders.PaymentGateway} stands for a service
 * elsewhere that fails at times.
 */
@NullMarked
package dev.durable.samples.orders;

import org.jspecify.annotations.NullMarked;
