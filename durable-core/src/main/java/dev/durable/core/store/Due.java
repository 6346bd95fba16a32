package dev.durable.core.store;

/** What a claim may find. A hint: what is due may be somebody else's a moment later. */
public record Due(boolean orchestrations, boolean entities, boolean activities) {

  /** Nothing. */
  public static final Due NOTHING = new Due(false, false, false);

  /** Whether there is nothing of any kind. */
  public boolean isNothing() {
    return equals(NOTHING);
  }
}
