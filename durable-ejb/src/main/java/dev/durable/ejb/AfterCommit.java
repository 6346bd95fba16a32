package dev.durable.ejb;

import dev.durable.core.store.InstanceKind;
import dev.durable.core.worker.WakeUps;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Gives a client's wake-ups once what it wrote can be seen: after the commit of the transaction it
 * joined, never after a roll-back, at once if there is none.
 */
final class AfterCommit implements WakeUps {

  private final TransactionSynchronizationRegistry transactions;
  private final WakeUps wakeUps;
  private final Object key = new Object();

  AfterCommit(TransactionSynchronizationRegistry transactions, WakeUps wakeUps) {
    this.transactions = transactions;
    this.wakeUps = wakeUps;
  }

  @Override
  public void instanceDue(InstanceKind kind) {
    int status = transactions.getTransactionStatus();
    if (status == Status.STATUS_NO_TRANSACTION) {
      wakeUps.instanceDue(kind);
    } else if (status == Status.STATUS_ACTIVE) {
      pending().due.add(kind);
    }
  }

  @Override
  public void instanceDueAt(InstanceKind kind, Instant visibleAt) {
    int status = transactions.getTransactionStatus();
    if (status == Status.STATUS_NO_TRANSACTION) {
      wakeUps.instanceDueAt(kind, visibleAt);
    } else if (status == Status.STATUS_ACTIVE) {
      pending().later.add(new Later(kind, visibleAt));
    }
  }

  /** The hints of the present transaction, of which there is one set. */
  private Pending pending() {
    if (transactions.getResource(key) instanceof Pending pending) {
      return pending;
    }
    Pending pending = new Pending();
    transactions.putResource(key, pending);
    transactions.registerInterposedSynchronization(pending);
    return pending;
  }

  private record Later(InstanceKind kind, Instant visibleAt) {}

  private final class Pending implements Synchronization {

    private final Set<InstanceKind> due = EnumSet.noneOf(InstanceKind.class);
    private final List<Later> later = new ArrayList<>();

    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      if (status != Status.STATUS_COMMITTED) {
        return;
      }
      due.forEach(wakeUps::instanceDue);
      later.forEach(hint -> wakeUps.instanceDueAt(hint.kind(), hint.visibleAt()));
    }
  }
}
