/**
 * The sample bank-transfer on servers that are killed: money is neither made nor lost, every
 * transfer that was reported is booked once, and nothing stays locked.
 */
@NullMarked
package dev.durable.it.bank;

import org.jspecify.annotations.NullMarked;
