package dev.durable.it.discovery.lib;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;

/** Calls an activity of its own, then one of the EJB jar, which a library cannot see. */
@ApplicationScoped
public class LibFunctions {

  @Orchestrator("in-lib")
  public String visit(OrchestrationContext ctx, String visitor) {
    String seen = ctx.call(LibFunctions::pass, visitor).await();
    return ctx.<String>call("pass-ejb", seen, String.class).await();
  }

  @Orchestrator("in-lib-loading-in-war")
  public String visit(OrchestrationContext ctx) {
    return ctx.<String>call("load-in-war", null, String.class).await();
  }

  @Activity("pass-lib")
  public String pass(String visitor) {
    return visitor + ", lib";
  }
}
