package dev.durable.core.worker;

import dev.durable.cluster.WatchdogReport;
import dev.durable.core.spi.Capabilities;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.Findings;
import dev.durable.core.store.NodeRecord;
import dev.durable.core.store.TaskHubStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Looks for what does not go on by itself, and changes nothing. */
public final class Inspection {

  private static final int MAX_FINDINGS = 100;

  private final TaskHubStore store;
  private final InstantSource clock;
  private final Duration tolerated;

  /** Of a task hub, with the numbers of this node. */
  public Inspection(TaskHubStore store, InstantSource clock, TaskHubOptions options) {
    this.store = store;
    this.clock = clock;
    this.tolerated = options.leaseTimeout().multipliedBy(2);
  }

  /** What is found now. */
  public WatchdogReport report() {
    Instant now = clock.instant();
    Findings findings = store.inspect(now.minus(tolerated), now, MAX_FINDINGS);
    List<Capabilities> able =
        findings.overdue().isEmpty()
            ? List.of()
            : store.nodes().stream()
                .filter(node -> node.isLive(now) && !node.draining())
                .map(NodeRecord::capabilities)
                .toList();
    return new WatchdogReport(
        now,
        findings.overdue().stream()
            .map(
                found ->
                    new WatchdogReport.Overdue(
                        found.instanceId(),
                        found.name(),
                        found.activity(),
                        found.since(),
                        able.stream().anyMatch(node -> has(node, found))))
            .toList(),
        findings.orphans().stream()
            .map(found -> new WatchdogReport.Orphan(found.instanceId(), found.parentInstanceId()))
            .toList());
  }

  private static boolean has(Capabilities node, Findings.Overdue found) {
    if (found.activity()) {
      return node.activities().contains(found.name());
    }
    return EntityDelivery.isEntity(found.instanceId())
        ? node.entities().contains(found.name())
        : node.orchestrators().containsKey(found.name());
  }
}
