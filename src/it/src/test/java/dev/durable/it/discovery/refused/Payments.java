package dev.durable.it.discovery.refused;

import dev.durable.Activity;
import dev.durable.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;

/** Has an orchestrator without a context. */
@ApplicationScoped
public class Payments {

  @Activity("charge")
  public void charge(String order) {}

  @Orchestrator("pay")
  public void pay(String order) {}
}
