package dev.durable.it.discovery.refused;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Has an activity of a name that {@link Payments} has too, one with two inputs, and an orchestrator
 * of a name and version that is there too.
 */
@ApplicationScoped
public class Invoices {

  @Activity("charge")
  public void charge(String order) {}

  @Orchestrator(value = "bill", version = "2")
  public void bill(OrchestrationContext ctx) {}

  @Activity("send")
  public void send(String order, String address) {}
}
