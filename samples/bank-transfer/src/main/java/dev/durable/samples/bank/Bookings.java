package dev.durable.samples.bank;

/**
 * What was booked on an account.
 *
 * @param deposits how many deposits
 * @param deposited cents that came with them
 * @param withdrawals how many withdrawals
 * @param withdrawn cents that went with them
 */
public record Bookings(long deposits, long deposited, long withdrawals, long withdrawn) {

  /** Nothing yet. */
  public static final Bookings NONE = new Bookings(0, 0, 0, 0);

  /** These, and a deposit. */
  public Bookings andDeposit(long cents) {
    return new Bookings(deposits + 1, deposited + cents, withdrawals, withdrawn);
  }

  /** These, and a withdrawal. */
  public Bookings andWithdrawal(long cents) {
    return new Bookings(deposits, deposited, withdrawals + 1, withdrawn + cents);
  }

  /** These, and others. */
  public Bookings plus(Bookings others) {
    return new Bookings(
        deposits + others.deposits,
        deposited + others.deposited,
        withdrawals + others.withdrawals,
        withdrawn + others.withdrawn);
  }
}
