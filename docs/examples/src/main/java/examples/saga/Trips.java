package examples.saga;

import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.RetryPolicy;
import dev.durable.Saga;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

@ApplicationScoped
public class Trips {

  private static final RetryPolicy STUBBORN =
      RetryPolicy.exponential(100, Duration.ofSeconds(1)).withMaxInterval(Duration.ofMinutes(10));

  @Orchestrator("book-trip")
  public List<String> bookTrip(OrchestrationContext ctx, String city) {
    return Saga.run(
        saga -> {
          String hotel = ctx.call(Bookings::bookHotel, city).await();
          saga.addCompensation(() -> ctx.call(Bookings::cancelBooking, hotel, STUBBORN));
          String flight = ctx.call(Bookings::bookFlight, city).await();
          return List.of(hotel, flight);
        });
  }

  @Orchestrator("book-trip-if-approved")
  public String bookTripIfApproved(OrchestrationContext ctx, String city) {
    Saga saga = new Saga();
    String hotel = ctx.call(Bookings::bookHotel, city).await();
    saga.addCompensation(() -> ctx.call(Bookings::cancelBooking, hotel, STUBBORN));
    if (!ctx.waitForEvent("approval", Boolean.class).await()) {
      List<RuntimeException> failures = saga.compensate();
      return failures.isEmpty() ? "given back" : "to be given back by hand: " + hotel;
    }
    return hotel;
  }
}
