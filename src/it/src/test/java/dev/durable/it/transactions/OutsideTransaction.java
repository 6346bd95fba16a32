package dev.durable.it.transactions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.function.Supplier;

/** What somebody else sees while the caller's transaction is open. */
@ApplicationScoped
public class OutsideTransaction {

  /** Runs it with the caller's transaction suspended. */
  @Transactional(TxType.NOT_SUPPORTED)
  public <R> R call(Supplier<R> work) {
    return work.get();
  }
}
