package dev.durable.testbed.fault;

/** The cluster did not do what it should. */
public final class BrokenPromise extends Exception {

  private static final long serialVersionUID = 1L;

  BrokenPromise(String message) {
    super(message);
  }
}
