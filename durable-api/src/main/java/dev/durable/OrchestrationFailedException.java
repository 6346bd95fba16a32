package dev.durable;

/** An instance that was waited for failed or was terminated. */
public final class OrchestrationFailedException extends DurableException {

  private static final long serialVersionUID = 1L;

  private final String instanceId;
  private final OrchestrationStatus status;

  /** For an instance with its final status. */
  public OrchestrationFailedException(OrchestrationStatus status) {
    super(
        "The instance "
            + status.instanceId()
            + " is "
            + status.runtimeStatus()
            + (status.failure() == null ? "" : ": " + status.failure().summary()));
    this.instanceId = status.instanceId();
    this.status = status;
  }

  /** The instance. */
  public String instanceId() {
    return instanceId;
  }

  /** Its final status, with the failure. */
  public OrchestrationStatus status() {
    return status;
  }
}
