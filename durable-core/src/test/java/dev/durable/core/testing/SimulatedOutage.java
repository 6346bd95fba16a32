package dev.durable.core.testing;

import dev.durable.core.store.StoreUnavailableException;

/** What a caller gets for a call after which nobody knows whether it was executed. */
public final class SimulatedOutage extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  public SimulatedOutage(String message) {
    super(message, new IllegalStateException("pretended"));
  }
}
