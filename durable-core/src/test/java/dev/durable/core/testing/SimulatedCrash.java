package dev.durable.core.testing;

/**
 * The end of a node in the middle of a call. An {@link Error}, because no code of the engine may
 * take it for an answer; what the node still tries on the way out reaches nobody, because whoever
 * runs the node has shut its doors.
 */
public final class SimulatedCrash extends Error {

  private static final long serialVersionUID = 1L;

  /** In the middle of that. */
  public SimulatedCrash(String where) {
    super(where, null, false, false);
  }
}
