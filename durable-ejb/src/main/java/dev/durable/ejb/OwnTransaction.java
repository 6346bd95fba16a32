package dev.durable.ejb;

import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/**
 * A JTA transaction that the engine begins and ends itself, on a thread that has none. Unlike the
 * container's it tells a commit that failed from one whose outcome nobody knows.
 */
final class OwnTransaction {

  private static final Logger LOG = System.getLogger(OwnTransaction.class.getName());

  private final UserTransaction transaction;
  private final Consumer<StoreCall> committed;

  /**
   * Over the server's.
   *
   * @param committed told after each commit
   */
  OwnTransaction(UserTransaction transaction, Consumer<StoreCall> committed) {
    this.transaction = transaction;
    this.committed = committed;
  }

  /**
   * Begins one. The limit is that of this one only: servers keep what is set for the thread, which
   * may be one that they share among applications.
   *
   * @param timeoutSeconds after which the server rolls it back; 0 for the server's own limit
   */
  void begin(int timeoutSeconds) {
    try {
      transaction.setTransactionTimeout(timeoutSeconds);
      try {
        transaction.begin();
      } finally {
        if (timeoutSeconds != 0) {
          transaction.setTransactionTimeout(0);
        }
      }
    } catch (NotSupportedException | SystemException e) {
      throw new RolledBackException("A transaction could not be begun", e);
    }
  }

  /**
   * Commits it. Afterwards the thread has none.
   *
   * @param call what it was for
   * @throws RolledBackException if it was rolled back instead
   * @throws UnknownOutcomeException if nobody knows
   */
  void commit(StoreCall call) {
    try {
      transaction.commit();
    } catch (RollbackException | HeuristicRollbackException e) {
      throw new RolledBackException("The transaction was rolled back instead of committed", e);
    } catch (Exception | Error e) {
      rollBack(); // if it is still there, it must not stay on the thread
      throw new UnknownOutcomeException(e);
    }
    committed.accept(call);
  }

  /** Rolls it back, if there is one. */
  void rollBack() {
    try {
      if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
        transaction.rollback();
      }
    } catch (SystemException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "A roll-back failed; the server ends the transaction itself", e);
    }
  }

  /** Whether it can still be committed. */
  boolean canCommit() {
    return status() == Status.STATUS_ACTIVE;
  }

  private int status() {
    try {
      return transaction.getStatus();
    } catch (SystemException e) {
      return Status.STATUS_UNKNOWN;
    }
  }
}
