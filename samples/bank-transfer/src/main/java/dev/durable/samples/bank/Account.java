package dev.durable.samples.bank;

import dev.durable.DurableEntity;
import dev.durable.EntityContext;
import dev.durable.EntityId;
import jakarta.inject.Inject;

/** A bank account; its number is the key. It is empty until the first deposit, and never below. */
@DurableEntity("account")
public class Account {

  /** The most that an account may hold: more cents than there are in the world. */
  public static final long MOST_CENTS = 1_000_000_000_000_000_000L;

  @Inject private EntityContext context;

  private long cents;
  private Bookings bookings = Bookings.NONE;

  /** The account of that number. */
  public static EntityId numbered(String number) {
    return EntityId.of(Account.class, number);
  }

  /**
   * Puts money on the account.
   *
   * @throws BookingRefusedException if it is not 1 cent or more, or the account would hold too much
   */
  public void deposit(long amount) {
    requirePositive(amount);
    if (amount > MOST_CENTS - cents) {
      throw new BookingRefusedException(
          "Account " + context.key() + " would hold more than " + MOST_CENTS + " cents.");
    }
    cents += amount;
    bookings = bookings.andDeposit(amount);
  }

  /**
   * Takes money from the account.
   *
   * @throws BookingRefusedException if it is not 1 cent or more, or there is not enough
   */
  public void withdraw(long amount) {
    requirePositive(amount);
    if (amount > cents) {
      throw new BookingRefusedException(
          "There are " + cents + " cents on account " + context.key() + ", not " + amount + ".");
    }
    cents -= amount;
    bookings = bookings.andWithdrawal(amount);
  }

  /** What is on it, in cents. */
  public long balance() {
    return cents;
  }

  /** How it stands. */
  public Statement statement() {
    return new Statement(context.key(), cents, bookings);
  }

  private void requirePositive(long amount) {
    if (amount < 1) {
      throw new BookingRefusedException(
          "A booking on account " + context.key() + " is of 1 cent or more, not " + amount + ".");
    }
  }
}
