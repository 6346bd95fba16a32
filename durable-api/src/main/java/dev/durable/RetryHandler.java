package dev.durable;

/**
 * Decides in code whether a failed call is tried again; part of a {@link RetryPolicy}. It is called
 * by the orchestrator and replayed with it, so it must be deterministic: no clock, no random
 * number, no I/O, no state. It must not wait for tasks.
 */
@FunctionalInterface
public interface RetryHandler {

  /**
   * Whether to try again. Asked only if the other limits of the policy allow it. An exception fails
   * the call.
   */
  boolean shouldRetry(RetryContext context);
}
