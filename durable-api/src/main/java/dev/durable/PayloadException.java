package dev.durable;

/**
 * A value cannot be written as JSON, or JSON text is malformed, too large, or does not fit the type
 * it is read as.
 */
public final class PayloadException extends DurableException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with a payload. */
  public enum Problem {
    /** It is larger than {@code durable.max-payload-size}. */
    TOO_LARGE,
    /** It is not valid JSON, or holds characters that cannot be stored. */
    MALFORMED,
    /** It is valid JSON, but not of the type that is expected, or a value cannot be written. */
    MISMATCH
  }

  private final Problem problem;

  /**
   * With a message that says what was wrong and what was expected; it must not quote the payload.
   */
  public PayloadException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  /** With the failure behind it. */
  public PayloadException(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
