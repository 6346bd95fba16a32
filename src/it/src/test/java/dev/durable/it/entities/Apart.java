package dev.durable.it.entities;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** What somebody else does while the caller's transaction is open. */
@ApplicationScoped
public class Apart {

  /** Runs it with the caller's transaction suspended, in one of its own. */
  @Transactional(TxType.REQUIRES_NEW)
  public void run(Runnable work) {
    work.run();
  }

  /** Runs it with the caller's transaction suspended, in none. */
  @Transactional(TxType.NOT_SUPPORTED)
  public void outsideTransaction(Runnable work) {
    work.run();
  }
}
