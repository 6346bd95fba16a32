package dev.durable;

/** An instance id has a wrong form. */
public final class InvalidInstanceIdException extends DurableException {

  private static final long serialVersionUID = 1L;

  /** Says what is allowed. The id is shown cut to 60 characters. */
  public InvalidInstanceIdException(String instanceId, String rule) {
    super("The instance id \"" + shown(instanceId) + "\" is not valid: " + rule + ".");
  }

  private static String shown(String id) {
    String printable =
        id.codePoints()
            .limit(60)
            .collect(
                StringBuilder::new,
                (text, c) -> text.appendCodePoint(c < 32 || c == 127 || c == 34 ? 63 : c),
                StringBuilder::append)
            .toString();
    return id.length() > 60 ? printable + "..." : printable;
  }
}
