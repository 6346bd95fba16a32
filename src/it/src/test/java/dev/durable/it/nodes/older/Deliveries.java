package dev.durable.it.nodes.older;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;

/** Version 1 of a delivery, and one that the next release has not any more. */
@ApplicationScoped
public class Deliveries {

  @Activity("carry")
  public String carry() {
    return "carried";
  }

  @Activity("carry-by-hand")
  public String carryByHand() {
    return "carried by hand";
  }

  @Orchestrator(value = "delivery", version = "1")
  public String deliver(OrchestrationContext ctx) {
    return ctx.call(Deliveries::carry).await() + ", version " + ctx.version();
  }

  @Orchestrator("delivery-by-hand")
  public String deliverByHand(OrchestrationContext ctx) {
    return ctx.call(Deliveries::carryByHand).await();
  }
}
