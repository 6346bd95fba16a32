package examples.find;

import dev.durable.DurableClient;
import dev.durable.InstanceFilter;
import dev.durable.InstancePage;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
public class Claims {

  @Inject private DurableClient durable;

  @Orchestrator("settle-claim")
  public String settle(OrchestrationContext ctx, String claim) {
    return ctx.waitForEvent("settled", String.class).await() + " " + claim;
  }

  public String open(String claim, String customer) {
    StartOptions options =
        StartOptions.withId("claim-" + claim)
            .withTags(Map.of("customer", customer, "region", "north"));
    return durable.start(Claims::settle, claim, options);
  }

  public List<String> openClaimsOf(String customer) {
    InstanceFilter filter =
        InstanceFilter.all()
            .withName("settle-claim")
            .withStatuses(Set.of(RuntimeStatus.PENDING, RuntimeStatus.RUNNING))
            .withTags(Map.of("customer", customer));
    InstanceQuery query = InstanceQuery.of(filter).withoutPayloads();
    List<String> found = new ArrayList<>();
    @Nullable String token = null;
    do {
      InstancePage page = durable.list(query.after(token));
      page.instances().forEach(instance -> found.add(instance.instanceId()));
      token = page.continuationToken();
    } while (token != null);
    return found;
  }
}
