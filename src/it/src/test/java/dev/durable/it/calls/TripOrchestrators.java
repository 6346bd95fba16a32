package dev.durable.it.calls;

import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.RetryPolicy;
import dev.durable.Saga;
import dev.durable.SubOrchestrationOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Orchestrators that put calls together. */
@ApplicationScoped
public class TripOrchestrators {

  @Orchestrator("compare-prices")
  public int comparePrices(OrchestrationContext ctx, int offers) {
    List<Integer> numbers = IntStream.rangeClosed(1, offers).boxed().toList();
    List<Integer> prices =
        ctx.fanOut(
                numbers, TripActivities.WINDOW, offer -> ctx.call(TripActivities::askPrice, offer))
            .await();
    return prices.indexOf(offers * 10);
  }

  @Orchestrator("book-trip")
  public String bookTrip(OrchestrationContext ctx) {
    return Saga.run(
        saga -> {
          for (String part : List.of("hotel", "car", "flight")) {
            String booking = ctx.call(TripActivities::book, part).await();
            saga.addCompensation(() -> ctx.call(TripActivities::cancelBooking, booking));
          }
          return "booked";
        });
  }

  @Orchestrator("visit")
  public String visit(OrchestrationContext ctx, String place) {
    int visits = ctx.call(TripActivities::countVisits, place).await();
    if (visits < 2) {
      throw new IllegalStateException("nobody there");
    }
    return "seen by " + ctx.instanceId();
  }

  @Orchestrator("send-visitor")
  public String sendVisitor(OrchestrationContext ctx, String place) {
    RetryPolicy retry = RetryPolicy.fixed(3, Duration.ofMillis(10));
    return ctx.callSubOrchestrator(
            TripOrchestrators::visit, place, SubOrchestrationOptions.retrying(retry))
        .await();
  }

  @Orchestrator("send-known-visitor")
  public String sendKnownVisitor(OrchestrationContext ctx, String place) {
    ctx.call(TripActivities::countVisits, place).await();
    return ctx.callSubOrchestrator(
            TripOrchestrators::visit,
            place,
            SubOrchestrationOptions.withId(ctx.instanceId() + "-visitor"))
        .await();
  }
}
