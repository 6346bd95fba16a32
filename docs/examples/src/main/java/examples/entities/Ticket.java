package examples.entities;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row of the application's. */
@Entity
public class Ticket {

  @Id private String seat = "";

  protected Ticket() {}

  public Ticket(String seat) {
    this.seat = seat;
  }

  public String seat() {
    return seat;
  }
}
