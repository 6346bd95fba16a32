/**
 * Bank transfer: accounts that are durable entities, and transfers that lock two of them.
 *
 * <p>{@link dev.durable.samples.bank.Account} is the entity; {@link
 * dev.durable.samples.bank.TransferOrchestrations} are what is done with accounts: opening, moving
 * money, looking at all of them at one moment; {@link dev.durable.samples.bank.Teller} is the door
 * for other beans. Nothing runs by itself.
 */
@NullMarked
package dev.durable.samples.bank;

import org.jspecify.annotations.NullMarked;
