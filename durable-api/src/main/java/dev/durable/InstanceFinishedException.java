package dev.durable;

/** The instance has finished, so it takes no more events and cannot be terminated. */
public final class InstanceFinishedException extends DurableException {

  private static final long serialVersionUID = 1L;

  private final String instanceId;
  private final RuntimeStatus currentStatus;

  /** For that id, with its final status. */
  public InstanceFinishedException(String instanceId, RuntimeStatus currentStatus) {
    super(
        "The instance "
            + instanceId
            + " is "
            + currentStatus
            + " and takes nothing any more. Nothing was changed.");
    this.instanceId = instanceId;
    this.currentStatus = currentStatus;
  }

  /** The id asked for. */
  public String instanceId() {
    return instanceId;
  }

  /** Its final status. */
  public RuntimeStatus currentStatus() {
    return currentStatus;
  }
}
