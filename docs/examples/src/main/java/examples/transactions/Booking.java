package examples.transactions;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row of the application's. */
@Entity
public class Booking {

  @Id private String id = "";
  private boolean paid;

  protected Booking() {}

  public Booking(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  public boolean isPaid() {
    return paid;
  }

  public void pay() {
    paid = true;
  }
}
