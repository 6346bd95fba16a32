package dev.durable.it.lifecycle.deployed;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;

/** Three orchestrators, each of which waits for a word after it has weighed something. */
@ApplicationScoped
public class Parcels {

  @Activity("weigh")
  public String weigh() {
    return "weighed";
  }

  private static String weighAndWait(OrchestrationContext ctx) {
    String weighed = ctx.call(Parcels::weigh).await();
    ctx.setCustomStatus("waiting");
    return weighed + ", " + ctx.waitForEvent("word", String.class).await();
  }

  @Orchestrator(value = "versioned-parcel", version = "2")
  public String versioned(OrchestrationContext ctx) {
    return weighAndWait(ctx) + ", version " + ctx.version();
  }

  @Orchestrator("drifting-parcel")
  public String drifting(OrchestrationContext ctx) {
    return weighAndWait(ctx);
  }

  @Orchestrator("patched-parcel")
  public String patched(OrchestrationContext ctx) {
    return weighAndWait(ctx);
  }

  @Orchestrator("vanishing-parcel")
  public String vanishing(OrchestrationContext ctx) {
    return weighAndWait(ctx);
  }
}
