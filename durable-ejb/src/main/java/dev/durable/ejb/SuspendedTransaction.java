package dev.durable.ejb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sets the caller's transaction aside. A bean apart from {@link CallerTransaction}, which is called
 * inside: containers take a call from an intercepted bean to itself for one that is not to be
 * intercepted.
 */
@ApplicationScoped
class SuspendedTransaction {

  /** Runs it with no transaction on the thread. */
  @Transactional(TxType.NOT_SUPPORTED)
  <R extends @Nullable Object> Ended<@Nullable R> during(Supplier<R> work) {
    return Ended.of(work);
  }
}
