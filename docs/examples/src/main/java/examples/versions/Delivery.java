package examples.versions;

import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Delivery {

  @Orchestrator(value = "deliver", version = "1")
  public String deliver(OrchestrationContext ctx, String customer) {
    String parcel = ctx.call(Steps::pack, customer).await();
    return ctx.call(Steps::ship, parcel).await();
  }

  @Orchestrator(value = "deliver", version = "2")
  public String deliverAfterCheck(OrchestrationContext ctx, String customer) {
    if (!ctx.call(Steps::checkCredit, customer).await()) {
      return "refused";
    }
    String parcel = ctx.call(Steps::pack, customer).await();
    return ctx.call(Steps::ship, parcel).await();
  }
}
