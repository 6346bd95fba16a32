package dev.durable.ejb;

import java.util.List;

/**
 * The configuration is wrong, so the engine does not start. Its message names every key, its value,
 * and what is allowed.
 */
final class IllegalSettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  IllegalSettingsException(List<String> problems) {
    super(
        "The configuration of Durable is wrong: "
            + String.join(". ", problems)
            + ". See docs/config.md.");
  }
}
