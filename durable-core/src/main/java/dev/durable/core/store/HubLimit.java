package dev.durable.core.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What counts for an activity over all nodes of a task hub.
 *
 * @param maxConcurrent how many tasks may be leased at once; null for any number. A task whose
 *     lease has run out is not counted, although a node that has lost it may still run it.
 * @param rate how many may be claimed in a time; null for any number
 */
public record HubLimit(@Nullable Integer maxConcurrent, @Nullable Rate rate) {

  /**
   * So many starts in any time of that length, wherever it begins.
   *
   * @param count 1 to 1,000,000
   * @param period 1 s to 24 h
   */
  public record Rate(int count, Duration period) {}
}
