package dev.durable;

/**
 * An orchestrator broke a rule of critical sections. Nothing was called or sent; what is locked
 * stays locked until the section is closed or the orchestration ends.
 */
public final class EntityLockException extends DurableException {

  private static final long serialVersionUID = 1L;

  /** Says which rule, and what to do instead. */
  public EntityLockException(String message) {
    super(message);
  }
}
