package examples.saga;

import dev.durable.Activity;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Bookings {

  @Activity("book-hotel")
  public String bookHotel(String city) {
    return "hotel-" + city;
  }

  @Activity("book-flight")
  public String bookFlight(String city) {
    return "flight-" + city;
  }

  @Activity("cancel-booking")
  public void cancelBooking(String booking) {
    System.out.println("cancelled " + booking);
  }
}
