package dev.durable;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure as data: what is recorded when an activity or an orchestration fails.
 *
 * @param type the class name of the exception, or a name of the engine's such as {@code Terminated}
 * @param message its message, cut to 4,000 characters, or null
 * @param stackTrace its stack trace as text, cut to 8,000 characters; empty if there is none
 * @param cause the failure behind it, or null; at most 8 levels are kept
 * @param nonRetriable whether a {@link RetryPolicy} must not try again
 * @param superTypes the class names that the exception's class extends, the nearest first, without
 *     {@code RuntimeException}, {@code Exception}, {@code Error} and {@code Throwable}; at most 16
 *     are kept; empty for a name of the engine's
 */
public record FailureDetails(
    String type,
    @Nullable String message,
    String stackTrace,
    @Nullable FailureDetails cause,
    boolean nonRetriable,
    List<String> superTypes)
    implements Serializable {

  /** The {@link #type} of an instance that was terminated. */
  public static final String TERMINATED = "Terminated";

  /** The {@link #type} of an attempt of an activity that took longer than its time-out. */
  public static final String ACTIVITY_TIMEOUT = "ActivityTimeout";

  /**
   * The {@link #type} of an activity that is to run at most once and was begun before without an
   * answer.
   */
  public static final String OUTCOME_UNKNOWN = "OutcomeUnknown";

  /** The {@link #type} of an activity or instance that was begun too often without an answer. */
  public static final String POISONED = "Poisoned";

  /** The {@link #type} of an event that could not be delivered to another instance. */
  public static final String EVENT_NOT_DELIVERED = "EventNotDelivered";

  /** The {@link #type} of an instance whose history has become too long. */
  public static final String HISTORY_TOO_LONG = "HistoryTooLong";

  /** Copies the list. */
  public FailureDetails {
    superTypes = List.copyOf(superTypes);
  }

  /** A failure whose type extends nothing that is worth knowing. */
  public FailureDetails(
      String type,
      @Nullable String message,
      String stackTrace,
      @Nullable FailureDetails cause,
      boolean nonRetriable) {
    this(type, message, stackTrace, cause, nonRetriable, List.of());
  }

  /**
   * Whether this failure is of the exception class of that name or of a subclass. Compared by the
   * names that were recorded when it failed; no class is loaded. Never true of {@code Exception}
   * and the other classes that {@link #superTypes} leaves out, unless it is exactly of that class.
   */
  public boolean isA(String exceptionClass) {
    return type.equals(exceptionClass) || superTypes.contains(exceptionClass);
  }

  /** Whether this failure, or one behind it, {@linkplain #isA is of} that class or a subclass. */
  public boolean isCausedBy(Class<? extends Throwable> exception) {
    return isA(exception.getName()) || (cause != null && cause.isCausedBy(exception));
  }

  /** Type and message on one line. */
  public String summary() {
    return message == null ? type : type + ": " + message;
  }
}
