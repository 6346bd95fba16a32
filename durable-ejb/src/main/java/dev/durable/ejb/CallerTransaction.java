package dev.durable.ejb;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A transaction by the container's interceptor: what works on every thread of the application, also
 * where {@code UserTransaction} is forbidden.
 */
@ApplicationScoped
class CallerTransaction {

  @Resource TransactionSynchronizationRegistry transactions;

  /**
   * Runs it in the caller's transaction, or in one of its own. What it throws rolls the transaction
   * back.
   */
  @Transactional(TxType.REQUIRED)
  <R> Ended<@Nullable R> joined(Supplier<R> work) {
    Ended<@Nullable R> ended = Ended.of(work);
    if (ended.thrown() != null) {
      transactions.setRollbackOnly();
    }
    return ended;
  }
}
