package dev.durable.core.replay;

/**
 * Leaves an orchestrator that has to wait. An {@link Error}, so that {@code catch (Exception e)} in
 * user code does not stop it; the context remembers that it was thrown, so that code which stops it
 * all the same changes nothing.
 */
final class OrchestratorBlocked extends Error {

  private static final long serialVersionUID = 1L;

  static final OrchestratorBlocked SIGNAL = new OrchestratorBlocked();

  private OrchestratorBlocked() {
    super("The orchestrator waits; this error must not be caught.", null, false, false);
  }
}
