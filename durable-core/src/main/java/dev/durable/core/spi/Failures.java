package dev.durable.core.spi;

import dev.durable.FailureDetails;
import dev.durable.PayloadException;
import dev.durable.TaskFailedException;
import dev.durable.UnknownFunctionException;
import org.jspecify.annotations.Nullable;

/** Turns what user code threw into data that can be recorded. */
public final class Failures {

  /** The {@link FailureDetails#type()} of an instance that was terminated. */
  public static final String TERMINATED = "Terminated";

  /** The {@link FailureDetails#type()} of a sub-orchestration whose id was taken. */
  public static final String INSTANCE_ALREADY_EXISTS = "dev.durable.InstanceAlreadyExistsException";

  private static final int MAX_STACK = 8_000;
  private static final int MAX_MESSAGE = 4_000;
  private static final int MAX_CAUSES = 8;

  private Failures() {}

  /** The failure with its causes, cut to what is worth keeping. */
  public static FailureDetails of(Throwable thrown) {
    return details(thrown, MAX_CAUSES);
  }

  /** The failure of an instance or child that was terminated. */
  public static FailureDetails terminated(@Nullable String reason) {
    return new FailureDetails(TERMINATED, cleaned(reason), "", null, true);
  }

  /** The failure of a sub-orchestration whose id was taken. */
  public static FailureDetails instanceAlreadyExists(String instanceId) {
    return new FailureDetails(
        INSTANCE_ALREADY_EXISTS,
        "An instance with the id "
            + instanceId
            + " exists, so the sub-orchestration was not started.",
        "",
        null,
        true);
  }

  private static FailureDetails details(Throwable thrown, int levels) {
    FailureDetails cause =
        thrown instanceof TaskFailedException task
            ? cut(task.failure(), levels - 1)
            : cause(thrown, levels - 1);
    boolean nonRetriable =
        thrown instanceof PayloadException || thrown instanceof UnknownFunctionException;
    return new FailureDetails(
        thrown.getClass().getName(),
        cleaned(message(thrown)),
        stackTrace(thrown),
        cause,
        nonRetriable);
  }

  private static @Nullable FailureDetails cause(Throwable thrown, int levels) {
    Throwable cause = thrown.getCause();
    return cause == null || cause == thrown || levels == 0 ? null : details(cause, levels);
  }

  /** What came from below has as many levels as are kept; here it is some levels deeper. */
  private static @Nullable FailureDetails cut(@Nullable FailureDetails failure, int levels) {
    if (failure == null || levels == 0) {
      return null;
    }
    return new FailureDetails(
        failure.type(),
        failure.message(),
        failure.stackTrace(),
        cut(failure.cause(), levels - 1),
        failure.nonRetriable());
  }

  private static @Nullable String message(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (RuntimeException e) {
      return "(getMessage() of the exception threw " + e.getClass().getName() + ")";
    }
  }

  private static String stackTrace(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (StackTraceElement frame : thrown.getStackTrace()) {
      text.append("\tat ").append(frame).append('\n');
      if (text.length() > MAX_STACK) {
        text.setLength(MAX_STACK);
        break;
      }
    }
    return text.toString();
  }

  /** Without what databases cannot store, and not too long. */
  private static @Nullable String cleaned(@Nullable String message) {
    if (message == null) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    message
        .codePoints()
        .limit(MAX_MESSAGE)
        .forEach(c -> text.appendCodePoint(c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? '\uFFFD' : c));
    return text.toString();
  }
}
