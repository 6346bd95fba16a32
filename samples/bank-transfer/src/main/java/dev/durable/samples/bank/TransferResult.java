package dev.durable.samples.bank;

import org.jspecify.annotations.Nullable;

/**
 * What became of a transfer; the output of {@code transfer}.
 *
 * @param made whether the money was moved; otherwise both accounts stand as before
 * @param reason why it was not; null if it was
 */
public record TransferResult(boolean made, @Nullable String reason) {

  static TransferResult done() {
    return new TransferResult(true, null);
  }

  static TransferResult refused(@Nullable String reason) {
    return new TransferResult(false, reason);
  }
}
