package examples.versions;

import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class PatchedDelivery {

  @Orchestrator("deliver-patched")
  public String deliver(OrchestrationContext ctx, String customer) {
    String parcel = ctx.call(Steps::pack, customer).await();
    if (ctx.patched("check-credit") && !ctx.call(Steps::checkCredit, customer).await()) {
      return "refused";
    }
    return ctx.call(Steps::ship, parcel).await();
  }
}
