package dev.durable;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A failure as data: what is recorded when an activity or an orchestration fails.
 *
 * @param type the class name of the exception, or a name of the engine's such as {@code Terminated}
 * @param message its message, cut to 4,000 characters, or null
 * @param stackTrace its stack trace as text, cut to 8,000 characters; empty if there is none
 * @param cause the failure behind it, or null; at most 8 levels are kept
 * @param nonRetriable whether a {@link RetryPolicy} must not try again
 */
public record FailureDetails(
    String type,
    @Nullable String message,
    String stackTrace,
    @Nullable FailureDetails cause,
    boolean nonRetriable)
    implements Serializable {

  /**
   * Whether this failure, or one behind it, is of that exception class. Compared by name;
   * subclasses are not known here.
   */
  public boolean isCausedBy(Class<? extends Throwable> exception) {
    return type.equals(exception.getName()) || (cause != null && cause.isCausedBy(exception));
  }

  /** Type and message on one line. */
  public String summary() {
    return message == null ? type : type + ": " + message;
  }
}
