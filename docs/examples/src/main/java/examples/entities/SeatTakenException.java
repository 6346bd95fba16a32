package examples.entities;

public class SeatTakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SeatTakenException(String seat) {
    super("Seat " + seat + " is taken.");
  }
}
