package dev.durable.core.testing;

/**
 * How often things go wrong; each from 0 (never) to 1 (always).
 *
 * @param failures of calls, executed or not
 * @param crashes of the caller in the middle of calls
 * @param duplicates of claimed work items, in how many messages are delivered again
 * @param lostLeases of claims, whose leases are over as soon as they are given
 */
public record FaultRates(double failures, double crashes, double duplicates, double lostLeases) {

  /** Nothing goes wrong. */
  public static final FaultRates ZERO = new FaultRates(0, 0, 0, 0);
}
