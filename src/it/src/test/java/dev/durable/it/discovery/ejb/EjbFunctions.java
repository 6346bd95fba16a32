package dev.durable.it.discovery.ejb;

import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;

/** Calls the session bean of its own archive, then an activity of the WAR. */
@ApplicationScoped
public class EjbFunctions {

  @Orchestrator("in-ejb")
  public String visit(OrchestrationContext ctx, String visitor) {
    String seen = ctx.call(SessionBean::pass, visitor).await();
    return ctx.<String>call("pass-war", seen, String.class).await();
  }
}
