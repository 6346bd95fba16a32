package dev.durable.it.nodes.newer;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;

/** Version 2 of a delivery beside version 1, and one that is new. */
@ApplicationScoped
public class Deliveries {

  @Activity("carry")
  public String carry() {
    return "carried";
  }

  @Activity("fly")
  public String fly() {
    return "flown";
  }

  @Orchestrator(value = "delivery", version = "2")
  public String deliver(OrchestrationContext ctx) {
    return ctx.call(Deliveries::fly).await() + ", version " + ctx.version();
  }

  @Orchestrator("delivery-by-drone")
  public String deliverByDrone(OrchestrationContext ctx) {
    return ctx.call(Deliveries::fly).await();
  }
}
