package dev.durable.core.entity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a batch.
 *
 * @param state as the last operation that did not fail has left it, as JSON text; null for none
 * @param outcomes one for each operation, in their order
 */
public record EntityResult(@Nullable String state, List<OperationOutcome> outcomes) {

  /** Copies the list. */
  public EntityResult {
    outcomes = List.copyOf(outcomes);
  }

  /** Whether an operation failed. */
  public boolean hasFailures() {
    return outcomes.stream().anyMatch(outcome -> outcome.failure() != null);
  }
}
