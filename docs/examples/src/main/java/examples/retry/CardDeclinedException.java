package examples.retry;

/** The bank has said no, and will say it again. */
public class CardDeclinedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CardDeclinedException(String message) {
    super(message);
  }
}
