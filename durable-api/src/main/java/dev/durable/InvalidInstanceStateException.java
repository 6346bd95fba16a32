package dev.durable;

/** The instance cannot do that in the status it has. */
public final class InvalidInstanceStateException extends DurableException {

  private static final long serialVersionUID = 1L;

  private final String instanceId;
  private final RuntimeStatus currentStatus;

  /** For that id, with its status and what was wanted of it, such as "be rewound". */
  public InvalidInstanceStateException(
      String instanceId, RuntimeStatus currentStatus, String wanted, String allowed) {
    super(
        "The instance "
            + instanceId
            + " is "
            + currentStatus
            + " and cannot "
            + wanted
            + "; that is possible when it is "
            + allowed
            + ". Nothing was changed.");
    this.instanceId = instanceId;
    this.currentStatus = currentStatus;
  }

  /** The id asked for. */
  public String instanceId() {
    return instanceId;
  }

  /** The status it has. */
  public RuntimeStatus currentStatus() {
    return currentStatus;
  }
}
