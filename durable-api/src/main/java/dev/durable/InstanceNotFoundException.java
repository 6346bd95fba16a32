package dev.durable;

/** There is no instance of that id in this task hub. */
public final class InstanceNotFoundException extends DurableException {

  private static final long serialVersionUID = 1L;

  private final String instanceId;

  /** For that id. */
  public InstanceNotFoundException(String instanceId) {
    super("There is no instance with the id " + instanceId + ".");
    this.instanceId = instanceId;
  }

  /** The id asked for. */
  public String instanceId() {
    return instanceId;
  }
}
