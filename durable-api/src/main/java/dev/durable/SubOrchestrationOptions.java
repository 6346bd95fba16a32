package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * How a sub-orchestration is called.
 *
 * @param instanceId the child's id, as in {@link StartOptions#instanceId}; null for one that is
 *     derived from the calling execution. If an instance of that id exists, the call fails, except
 *     that a retry replaces the finished instance of the attempt before
 * @param retry how often a failed child is started again; null for what the configuration says,
 *     {@code durable.orchestrator.<name>.retry.*}, or one attempt
 * @param version the version of the orchestrator that the child begins with; null for the newest
 *     that is deployed on the node that runs the caller
 */
public record SubOrchestrationOptions(
    @Nullable String instanceId, @Nullable RetryPolicy retry, @Nullable String version) {

  private static final SubOrchestrationOptions DEFAULTS =
      new SubOrchestrationOptions(null, null, null);

  /** A derived id, one attempt, the newest version. */
  public static SubOrchestrationOptions defaults() {
    return DEFAULTS;
  }

  /** With an id of the caller's. */
  public static SubOrchestrationOptions withId(String instanceId) {
    return new SubOrchestrationOptions(instanceId, null, null);
  }

  /** With retries. */
  public static SubOrchestrationOptions retrying(RetryPolicy policy) {
    return new SubOrchestrationOptions(null, policy, null);
  }

  /** The same with retries. */
  public SubOrchestrationOptions withRetry(@Nullable RetryPolicy policy) {
    return new SubOrchestrationOptions(instanceId, policy, version);
  }

  /** The same with a version. */
  public SubOrchestrationOptions withVersion(@Nullable String wanted) {
    return new SubOrchestrationOptions(instanceId, retry, wanted);
  }
}
