package dev.durable;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an instance. Read in one statement, so its parts fit together; it may be
 * outdated as soon as it is read. In a list the payloads that the {@link InstanceQuery} leaves out
 * are null.
 *
 * @param instanceId the id
 * @param executionId the id of its present execution
 * @param name the durable name of the orchestrator
 * @param runtimeStatus where it is in its life
 * @param createdAt when this instance was created, by the database's clock
 * @param lastUpdatedAt the time of its last episode that took in something; before the first,
 *     {@code createdAt}
 * @param completedAt when it finished; null while it has not
 * @param input the input as JSON text; null for none
 * @param output the result as JSON text; null for none, and while it has not completed
 * @param customStatus what the orchestrator set, as JSON text; null for none
 * @param failure why it failed, was terminated or is blocked; null otherwise
 * @param parentInstanceId the instance that called it as a sub-orchestration; null for none
 * @param version the version of the orchestrator that its present execution began with; null for
 *     none
 * @param tags what it can be found by
 */
public record OrchestrationStatus(
    String instanceId,
    String executionId,
    String name,
    RuntimeStatus runtimeStatus,
    Instant createdAt,
    Instant lastUpdatedAt,
    @Nullable Instant completedAt,
    @Nullable String input,
    @Nullable String output,
    @Nullable String customStatus,
    @Nullable FailureDetails failure,
    @Nullable String parentInstanceId,
    @Nullable String version,
    Map<String, String> tags)
    implements Serializable {

  /** Copies the tags. */
  public OrchestrationStatus {
    tags = Map.copyOf(tags);
  }
}
