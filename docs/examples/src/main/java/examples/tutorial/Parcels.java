package examples.tutorial;

import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

@ApplicationScoped
public class Parcels {

  @Orchestrator("send-parcel")
  public String send(OrchestrationContext ctx, String address) {
    String label = ctx.call(Depot::printLabel, address).await();
    ctx.createTimer(Duration.ofMinutes(1)).await(); // until the van comes
    return ctx.call(Depot::load, label).await();
  }
}
