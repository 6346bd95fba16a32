package dev.durable.core.entity;

import dev.durable.FailureDetails;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of an operation.
 *
 * @param result the answer as JSON text; null for none
 * @param failure null if it did not fail; one that failed has no effects
 * @param signals what it has sent to entities
 * @param starts the orchestrations that it has started
 */
public record OperationOutcome(
    @Nullable String result,
    @Nullable FailureDetails failure,
    List<Signal> signals,
    List<Start> starts) {

  /** Copies the lists. */
  public OperationOutcome {
    signals = List.copyOf(signals);
    starts = List.copyOf(starts);
  }

  /** That of an operation that failed. */
  public static OperationOutcome failed(FailureDetails failure) {
    return new OperationOutcome(null, failure, List.of(), List.of());
  }

  /**
   * A signal.
   *
   * @param entityId the id of the entity's instance
   * @param operation the operation
   * @param input JSON text; null for none
   * @param at when; null for at once
   */
  public record Signal(
      String entityId, String operation, @Nullable String input, @Nullable Instant at) {}

  /**
   * A start of an orchestration.
   *
   * @param instanceId its id
   * @param name the orchestrator
   * @param version of the orchestrator; null for none
   * @param input JSON text; null for none
   */
  public record Start(
      String instanceId, String name, @Nullable String version, @Nullable String input) {}
}
