package dev.durable.ejb;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The transactions that the server's interceptors put around methods of beans. */
final class FakeInterceptors {

  private FakeInterceptors() {}

  /** Begins one where there is none. */
  static CallerTransaction required(FakeTransactions transactions) {
    return new Required(transactions);
  }

  /** Sets it aside where there is one. */
  static SuspendedTransaction notSupported(FakeTransactions transactions) {
    return new NotSupported(transactions);
  }

  private static final class Required extends CallerTransaction {

    private final FakeTransactions own;

    private Required(FakeTransactions own) {
      this.own = own;
      this.transactions = own;
    }

    @Override
    <R> Ended<@Nullable R> joined(Supplier<R> work) {
      try {
        own.begin();
        Ended<@Nullable R> ended = super.joined(work);
        if (own.getRollbackOnly()) {
          own.rollback();
        } else {
          own.commit();
        }
        return ended;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final class NotSupported extends SuspendedTransaction {

    private final FakeTransactions transactions;

    private NotSupported(FakeTransactions transactions) {
      this.transactions = transactions;
    }

    @Override
    <R extends @Nullable Object> Ended<@Nullable R> during(Supplier<R> work) {
      return transactions.suspendedDuring(() -> super.during(work));
    }
  }
}
