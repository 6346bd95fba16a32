package dev.durable.samples.bank;

import static dev.durable.samples.bank.InvalidTransferException.require;

import org.jspecify.annotations.Nullable;

/**
 * The input of {@code transfer-load}.
 *
 * @param seed of the random transfers: the same seed gives the same ones
 * @param transfers how many are to be tried; 0 or more
 * @param accounts among how many of the accounts that {@code open-accounts} opens; 2 or more
 * @param highestCents how much is moved at most; 1 or more
 * @param before what was done before these; null for nothing
 */
public record TransferLoad(
    long seed, int transfers, int accounts, long highestCents, @Nullable LoadReport before) {

  static void check(@Nullable TransferLoad load) {
    require(load != null, "the load", load, "an object");
    require(load.transfers() >= 0, "transfers", load.transfers(), "0 or more");
    require(load.accounts() >= 2, "accounts", load.accounts(), "2 or more");
    require(load.highestCents() >= 1, "highestCents", load.highestCents(), "1 or more");
  }

  /** What is left of it after so many transfers. */
  TransferLoad after(int done, long nextSeed, LoadReport report) {
    return new TransferLoad(nextSeed, transfers - done, accounts, highestCents, report);
  }
}
