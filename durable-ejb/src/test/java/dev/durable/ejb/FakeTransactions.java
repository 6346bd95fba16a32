package dev.durable.ejb;

import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** JTA for one thread: both of its interfaces over one transaction at a time. */
final class FakeTransactions implements UserTransaction, TransactionSynchronizationRegistry {

  private final List<String> ended = new ArrayList<>();
  private final List<Synchronization> synchronizations = new ArrayList<>();
  private final Map<Object, Object> resources = new HashMap<>();
  private int suspensions;
  private int status = Status.STATUS_NO_TRANSACTION;
  private @Nullable Throwable commitFailure;
  private int timeoutOfThread;
  private final List<Integer> timeouts = new ArrayList<>();

  /**
   * What the next commit throws; it rolls back unless that is a {@link SystemException}, or an
   * {@link Error}, which leaves the transaction on the thread.
   */
  void failCommitWith(Throwable failure) {
    commitFailure = failure;
  }

  /** How transactions ended, oldest first. */
  List<String> ended() {
    return ended;
  }

  /** The time-outs with which transactions began, oldest first; 0 for the server's own. */
  List<Integer> timeouts() {
    return timeouts;
  }

  @Override
  public void begin() throws NotSupportedException {
    if (status != Status.STATUS_NO_TRANSACTION) {
      throw new NotSupportedException();
    }
    status = Status.STATUS_ACTIVE;
    timeouts.add(timeoutOfThread);
  }

  @Override
  public void commit() throws RollbackException, SystemException {
    if (status == Status.STATUS_MARKED_ROLLBACK) {
      end("rolled back", Status.STATUS_ROLLEDBACK);
      throw new RollbackException("marked");
    }
    Throwable failure = commitFailure;
    commitFailure = null;
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof RollbackException rollback) {
      end("rolled back", Status.STATUS_ROLLEDBACK);
      throw rollback;
    } else if (failure instanceof SystemException system) {
      end("unknown", Status.STATUS_UNKNOWN);
      throw system;
    }
    end("committed", Status.STATUS_COMMITTED);
  }

  @Override
  public void rollback() {
    end("rolled back", Status.STATUS_ROLLEDBACK);
  }

  /** Runs it as if this thread had no transaction. */
  <R> R suspendedDuring(Supplier<R> work) {
    suspensions++;
    int statusBefore = status;
    List<Synchronization> synchronizationsBefore = List.copyOf(synchronizations);
    Map<Object, Object> resourcesBefore = Map.copyOf(resources);
    status = Status.STATUS_NO_TRANSACTION;
    synchronizations.clear();
    resources.clear();
    try {
      return work.get();
    } finally {
      status = statusBefore;
      synchronizations.addAll(synchronizationsBefore);
      resources.putAll(resourcesBefore);
    }
  }

  private void end(String how, int outcome) {
    ended.add(how);
    status = Status.STATUS_NO_TRANSACTION;
    List<Synchronization> told = List.copyOf(synchronizations);
    synchronizations.clear();
    resources.clear();
    told.forEach(synchronization -> synchronization.afterCompletion(outcome));
  }

  @Override
  public void setRollbackOnly() {
    status = Status.STATUS_MARKED_ROLLBACK;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setTransactionTimeout(int seconds) {
    timeoutOfThread = seconds;
  }

  @Override
  public Object getTransactionKey() {
    return this;
  }

  @Override
  public void putResource(Object key, Object value) {
    resources.put(key, value);
  }

  @Override
  public @Nullable Object getResource(Object key) {
    return resources.get(key);
  }

  @Override
  public void registerInterposedSynchronization(Synchronization synchronization) {
    synchronizations.add(synchronization);
  }

  @Override
  public int getTransactionStatus() {
    return status;
  }

  @Override
  public boolean getRollbackOnly() {
    return status == Status.STATUS_MARKED_ROLLBACK;
  }

  /** How often one was to be set aside. */
  int suspensions() {
    return suspensions;
  }
}
