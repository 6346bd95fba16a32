package dev.durable.core.spi;

import dev.durable.FailureDetails;
import dev.durable.PayloadException;
import dev.durable.TaskFailedException;
import dev.durable.UnknownFunctionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what user code threw into data that can be recorded. */
public final class Failures {

  /** The {@link FailureDetails#type()} of a sub-orchestration whose id was taken. */
  public static final String INSTANCE_ALREADY_EXISTS = "dev.durable.InstanceAlreadyExistsException";

  private static final int MAX_STACK = 8_000;
  private static final int MAX_MESSAGE = 4_000;
  private static final int MAX_CAUSES = 8;
  private static final int MAX_SUPER_TYPES = 16;

  /** What nearly everything extends. */
  private static final Set<Class<?>> UNTELLING =
      Set.of(RuntimeException.class, Exception.class, Error.class, Throwable.class, Object.class);

  private Failures() {}

  /** The failure with its causes, cut to what is worth keeping. */
  public static FailureDetails of(Throwable thrown) {
    return details(thrown, MAX_CAUSES);
  }

  /** The failure of an instance or child that was terminated. */
  public static FailureDetails terminated(@Nullable String reason) {
    return new FailureDetails(FailureDetails.TERMINATED, cleaned(reason), "", null, true);
  }

  /** A reason that somebody gives for an action, as it is kept. */
  public static @Nullable String cut(@Nullable String reason) {
    return cleaned(reason);
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

  /** The failure of an attempt that took longer than it may; perhaps one not to be repeated. */
  public static FailureDetails activityTimeout(
      String activity, Duration timeout, boolean nonRetriable) {
    return new FailureDetails(
        FailureDetails.ACTIVITY_TIMEOUT,
        "The activity " + activity + " did not end within its time-out of " + timeout + ".",
        "",
        null,
        nonRetriable);
  }

  /** The failure of an activity that must not be begun again. */
  public static FailureDetails outcomeUnknown(String activity) {
    return new FailureDetails(
        FailureDetails.OUTCOME_UNKNOWN,
        "The activity "
            + activity
            + " was begun before, and nobody knows what became of it: its node ended or was cut"
            + " off. It is not begun again, because it is to run at most once.",
        "",
        null,
        true);
  }

  /** The failure of an activity that was begun too often without an answer. */
  public static FailureDetails poisoned(String activity, int deliveries) {
    return new FailureDetails(
        FailureDetails.POISONED,
        "The activity "
            + activity
            + " was begun "
            + deliveries
            + " times, and no node has answered: it may be what ends them"
            + " (durable.max-attempts). It is not begun again.",
        "",
        null,
        true);
  }

  /** The failure of sending an event to an instance that does not take it. */
  public static FailureDetails eventNotDelivered(String event, String instanceId) {
    return new FailureDetails(
        FailureDetails.EVENT_NOT_DELIVERED,
        "The event "
            + event
            + " was not delivered: there is no instance "
            + instanceId
            + ", or it has finished.",
        "",
        null,
        true);
  }

  /** The failure of an instance whose history is longer than it may be. */
  public static FailureDetails historyTooLong(String instanceId, int events, int max) {
    return new FailureDetails(
        FailureDetails.HISTORY_TOO_LONG,
        "The history of instance "
            + instanceId
            + " has "
            + events
            + " events; "
            + max
            + " are allowed (durable.max-history-events). An orchestration that goes on and on has"
            + " to continue as new now and then, and a large fan-out belongs into"
            + " sub-orchestrations.",
        "",
        null,
        true);
  }

  /** Why an instance is blocked that was begun too often without an answer. */
  public static FailureDetails poisonedInstance(int deliveries) {
    return new FailureDetails(
        FailureDetails.POISONED,
        "The instance was begun "
            + deliveries
            + " times, and nothing could be stored: it may be what ends its nodes"
            + " (durable.max-attempts). It is not tried again before it is resumed.",
        "",
        null,
        true);
  }

  /** Why an operation of an entity is not begun again. */
  public static FailureDetails poisonedOperation(String operation, int deliveries) {
    return new FailureDetails(
        FailureDetails.POISONED,
        "The operation "
            + operation
            + " was begun "
            + deliveries
            + " times, and nothing could be stored: it may be what ends its nodes"
            + " (durable.max-attempts). It is not begun again.",
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
        nonRetriable,
        superTypes(thrown.getClass()));
  }

  private static List<String> superTypes(Class<?> type) {
    List<String> names = new ArrayList<>();
    for (Class<?> above = type.getSuperclass();
        above != null && !UNTELLING.contains(above) && names.size() < MAX_SUPER_TYPES;
        above = above.getSuperclass()) {
      names.add(above.getName());
    }
    return names;
  }

  private static @Nullable FailureDetails cause(Throwable thrown, int levels) {
    Throwable cause = asked(thrown::getCause, refusal -> null);
    return cause == null || cause == thrown || levels == 0 ? null : details(cause, levels);
  }

  /**
   * What an exception says of itself. Its methods are user code as well: one that throws must not
   * keep the failure from being recorded, or the work would be tried again for ever.
   */
  private static <T> @Nullable T asked(
      Supplier<? extends @Nullable T> question, Function<Throwable, @Nullable T> refused) {
    try {
      return question.get();
    } catch (Throwable refusal) {
      if (refusal instanceof VirtualMachineError fatal
          && !(refusal instanceof StackOverflowError)) {
        throw fatal;
      }
      return refused.apply(refusal);
    }
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
        failure.nonRetriable(),
        failure.superTypes());
  }

  private static @Nullable String message(Throwable thrown) {
    return asked(
        thrown::getMessage,
        refusal -> "(getMessage() of the exception threw " + refusal.getClass().getName() + ")");
  }

  private static String stackTrace(Throwable thrown) {
    StackTraceElement[] frames = asked(thrown::getStackTrace, refusal -> null);
    if (frames == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (StackTraceElement frame : frames) {
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
