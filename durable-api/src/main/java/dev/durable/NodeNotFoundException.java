package dev.durable;

/** There is no node of that name: it has ended, or never was. Nothing was changed. */
public final class NodeNotFoundException extends DurableException {

  private static final long serialVersionUID = 1L;

  private final String node;

  /** No node of that name. */
  public NodeNotFoundException(String node) {
    super(
        "There is no node "
            + node
            + " in this task hub. A node that has ended is gone, and after a restart it has another"
            + " name. Nothing was changed.");
    this.node = node;
  }

  /** The name. */
  public String node() {
    return node;
  }
}
