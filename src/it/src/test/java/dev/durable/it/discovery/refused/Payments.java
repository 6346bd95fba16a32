package dev.durable.it.discovery.refused;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/**
 * Has an orchestrator without a context, one in a transaction, and one of a version that is none.
 */
@ApplicationScoped
public class Payments {

  @Activity("charge")
  public void charge(String order) {}

  @Orchestrator(value = "bill", version = "2")
  public void billAndCharge(OrchestrationContext ctx) {}

  @Orchestrator(value = "refund", version = "2 beta")
  public void refund(OrchestrationContext ctx) {}

  @Transactional
  @Orchestrator("book")
  public void book(OrchestrationContext ctx) {}

  @Orchestrator("pay")
  public void pay(String order) {}
}
