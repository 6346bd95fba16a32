package dev.durable.it.lifecycle.changed;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The versioned parcel in an older version only; the drifting one with another call in the place of
 * its first; the patched one with such a call for new instances only; the vanishing one not at all.
 */
@ApplicationScoped
public class Parcels {

  @Activity("weigh")
  public String weigh() {
    return "weighed";
  }

  @Activity("wrap")
  public String wrap() {
    return "wrapped";
  }

  private static String await(OrchestrationContext ctx) {
    ctx.setCustomStatus("waiting");
    return ctx.waitForEvent("word", String.class).await();
  }

  @Orchestrator(value = "versioned-parcel", version = "1.9")
  public String versioned(OrchestrationContext ctx) {
    return await(ctx) + ", version " + ctx.version();
  }

  @Orchestrator("drifting-parcel")
  public String drifting(OrchestrationContext ctx) {
    return ctx.call(Parcels::wrap).await() + ", " + await(ctx);
  }

  @Orchestrator("patched-parcel")
  public String patched(OrchestrationContext ctx) {
    String first =
        ctx.patched("wrap") ? ctx.call(Parcels::wrap).await() : ctx.call(Parcels::weigh).await();
    return first + ", " + await(ctx);
  }
}
