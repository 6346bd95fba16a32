package dev.durable;

/** An instance of that id exists, and the {@link StartPolicy} does not allow to replace it. */
public final class InstanceAlreadyExistsException extends DurableException {

  private static final long serialVersionUID = 1L;

  private final String instanceId;
  private final RuntimeStatus currentStatus;

  /** For that id, with the status it has now. */
  public InstanceAlreadyExistsException(String instanceId, RuntimeStatus currentStatus) {
    super(
        "An instance with the id "
            + instanceId
            + " exists and is "
            + currentStatus
            + ". Nothing was started; choose another id, "
            + (currentStatus.isFinished()
                ? "or purge it first."
                : "or wait until it has finished."));
    this.instanceId = instanceId;
    this.currentStatus = currentStatus;
  }

  /** The id asked for. */
  public String instanceId() {
    return instanceId;
  }

  /** The status of the instance that has the id. */
  public RuntimeStatus currentStatus() {
    return currentStatus;
  }
}
