package dev.durable.core.testing;

/**
 * The end of a node in the middle of a call. An {@link Error}, because nothing in the node may
 * react to it; whoever runs the node catches it and throws the node away.
 */
public final class SimulatedCrash extends Error {

  private static final long serialVersionUID = 1L;

  /** In the middle of that. */
  public SimulatedCrash(String where) {
    super(where, null, false, false);
  }
}
