package dev.durable.samples.bank;

import static dev.durable.samples.bank.InvalidTransferException.require;

import org.jspecify.annotations.Nullable;

/**
 * The input of {@code transfer}. It comes from outside, so any part of it may be missing or make no
 * sense until {@link #check} has passed it.
 *
 * @param from the number of the account that pays
 * @param to the number of the account that is paid, another one
 * @param cents how much; 1 or more
 */
public record Transfer(String from, String to, long cents) {

  /**
   * Passes a transfer that can be tried.
   *
   * @throws InvalidTransferException naming the part that makes no sense and what is allowed
   */
  static void check(@Nullable Transfer transfer) {
    require(transfer != null, "the transfer", transfer, "an object");
    require(transfer.from() != null, "from", transfer.from(), "the number of an account");
    require(transfer.to() != null, "to", transfer.to(), "the number of an account");
    require(!transfer.from().equals(transfer.to()), "to", transfer.to(), "another account");
    require(transfer.cents() >= 1, "cents", transfer.cents(), "1 or more");
  }
}
