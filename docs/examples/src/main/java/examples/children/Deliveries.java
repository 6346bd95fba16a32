package examples.children;

import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.RetryPolicy;
import dev.durable.SubOrchestrationOptions;
import dev.durable.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

@ApplicationScoped
public class Deliveries {

  @Orchestrator("deliver-order")
  public List<String> deliverOrder(OrchestrationContext ctx, List<String> parcels) {
    List<Task<String>> open =
        parcels.stream()
            .map(parcel -> ctx.callSubOrchestrator(Deliveries::deliverParcel, parcel))
            .toList();
    return ctx.allOf(open).await();
  }

  @Orchestrator(value = "deliver-parcel", version = "2")
  public String deliverParcel(OrchestrationContext ctx, String parcel) {
    String truck = ctx.call(Carrier::fetch, parcel).await();
    return ctx.call(Carrier::handOver, truck).await();
  }

  @Orchestrator("deliver-at-last")
  public String deliverAtLast(OrchestrationContext ctx, String parcel) {
    SubOrchestrationOptions options =
        SubOrchestrationOptions.withId("parcel-" + parcel)
            .withRetry(RetryPolicy.fixed(3, Duration.ofHours(1)))
            .withVersion("2");
    return ctx.callSubOrchestrator(Deliveries::deliverParcel, parcel, options).await();
  }
}
