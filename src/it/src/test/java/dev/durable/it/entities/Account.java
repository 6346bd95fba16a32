package dev.durable.it.entities;

import dev.durable.DurableEntity;
import dev.durable.EntityContext;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.io.IOException;

/** Has operations that write rows of the application's, and end in every way that there is. */
@DurableEntity("account")
public class Account {

  private long balance;

  @Inject Book book;
  @Inject EntityContext context;
  @Inject Lingering lingering;
  @Resource TransactionSynchronizationRegistry transactions;

  /** Outside a transaction. */
  public long balance() {
    if (transactions != null && transactions.getTransactionKey() != null) {
      throw new IllegalStateException("in a transaction");
    }
    return balance;
  }

  /** Fails if there is not enough. */
  public void change(long by) {
    if (balance + by < 0) {
      throw new IllegalStateException("not enough");
    }
    balance += by;
  }

  @Transactional
  public long deposit(long amount) {
    balance += amount;
    book.write(context.key());
    return balance;
  }

  @Transactional
  public void depositAndThrow(long amount) {
    deposit(amount);
    throw new IllegalStateException("thrown");
  }

  /** By the rules of JTA a checked exception does not roll back. */
  @Transactional
  public void depositAndThrowChecked(long amount) throws IOException {
    deposit(amount);
    throw new IOException("thrown");
  }

  @Transactional
  public void depositAndMark(long amount) {
    deposit(amount);
    transactions.setRollbackOnly();
  }

  /** Writes, then does not end before the test wants it to. */
  @Transactional
  public void depositAndLinger(long amount) {
    deposit(amount);
    Lingering.Run run = lingering.begin(context.key());
    transactions.registerInterposedSynchronization(run);
    run.linger();
  }

  /** Two rows of one key. */
  @Transactional
  public void depositTwiceTheSame(long amount) {
    balance += amount;
    book.writeTwiceTheSame(context.key());
  }
}
