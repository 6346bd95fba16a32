package dev.durable.core.worker;

import dev.durable.core.store.HubLimit;
import org.jspecify.annotations.Nullable;

/**
 * What one activity may take.
 *
 * @param maxConcurrent how many at once on this node; 1 to 100,000; null for as many as there are
 *     slots
 * @param hub what counts over all nodes; null for nothing
 */
public record ActivityLimit(@Nullable Integer maxConcurrent, @Nullable HubLimit hub) {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public ActivityLimit {
    if (maxConcurrent != null && (maxConcurrent < 1 || maxConcurrent > 100_000)) {
      throw new IllegalArgumentException(
          "maxConcurrent is " + maxConcurrent + "; allowed: 1 to 100000");
    }
  }
}
