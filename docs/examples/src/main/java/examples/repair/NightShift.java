package examples.repair;

import dev.durable.DurableClient;
import dev.durable.InstanceFilter;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.TerminateOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

@ApplicationScoped
public class NightShift {

  @Inject private DurableClient durable;

  public void rewindWhatFailedIn(String orchestrator) {
    InstanceFilter failed =
        InstanceFilter.all().withName(orchestrator).withStatuses(Set.of(RuntimeStatus.FAILED));
    InstanceQuery query = InstanceQuery.of(failed).withoutPayloads();
    // the newest hundred; the others are on the pages that follow
    for (OrchestrationStatus instance : durable.list(query).instances()) {
      durable.rewind(instance.instanceId(), "the outage is over");
    }
  }

  public void end(String instanceId) {
    durable.terminate(instanceId, TerminateOptions.because("its code is gone").forced());
  }

  public long purgeOlderThan(Duration age, Instant now) {
    return durable.purge(InstanceFilter.all().withCreated(null, now.minus(age)));
  }
}
