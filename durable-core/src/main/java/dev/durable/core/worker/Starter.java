package dev.durable.core.worker;

import dev.durable.core.store.NewInstance;

/** Starts instances on this node, without a claim: a shorter way where there is one. */
public interface Starter {

  /**
   * Creates an instance whose start is due and begins it, perhaps before it is stored, and together
   * with others that are started at the same time. Waits until it is stored, in a transaction that
   * is not the caller's. Runs no user code on the caller's thread.
   *
   * @return whether it is created; if not, nothing of it was written, and whoever wants it is to
   *     create it the ordinary way, which also says why it cannot be
   */
  boolean start(NewInstance instance);

  /** Leaves all to the ordinary way. */
  static Starter none() {
    return instance -> false;
  }
}
