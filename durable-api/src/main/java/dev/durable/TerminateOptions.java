package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * How an instance is ended.
 *
 * @param reason shown in the status; null for none; at most 4,000 characters are kept
 * @param cascade whether its sub-orchestrations, and theirs, are ended as well
 * @param force whether it is ended at once by this call itself, without an episode: for an instance
 *     that no node can run, because its code is gone or its rows cannot be read. An episode that
 *     runs meanwhile is refused
 */
public record TerminateOptions(@Nullable String reason, boolean cascade, boolean force) {

  /** For that reason, with its sub-orchestrations, at its next episode. */
  public static TerminateOptions because(@Nullable String reason) {
    return new TerminateOptions(reason, true, false);
  }

  /** The same, leaving its sub-orchestrations alone. */
  public TerminateOptions withoutCascade() {
    return new TerminateOptions(reason, false, force);
  }

  /** The same, at once. */
  public TerminateOptions forced() {
    return new TerminateOptions(reason, cascade, true);
  }
}
