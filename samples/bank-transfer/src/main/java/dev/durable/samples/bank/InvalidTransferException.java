package dev.durable.samples.bank;

import org.jspecify.annotations.Nullable;

/** What was asked for makes no sense, whatever the accounts hold. */
public class InvalidTransferException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidTransferException(String part, @Nullable Object found, String allowed) {
    super(part + " is " + found + "; allowed: " + allowed);
  }

  static void require(boolean holds, String part, @Nullable Object found, String allowed) {
    if (!holds) {
      throw new InvalidTransferException(part, found, allowed);
    }
  }
}
