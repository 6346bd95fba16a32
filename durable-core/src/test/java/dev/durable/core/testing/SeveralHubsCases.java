package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityClaim.Names;
import dev.durable.core.store.Backlog;
import dev.durable.core.store.Backlog.Queue;
import dev.durable.core.store.Due;
import dev.durable.core.store.Findings;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.HubLimit.Rate;
import dev.durable.core.store.PartitionClaim;
import dev.durable.core.store.TaskHubStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Task hubs, perhaps in one database, never see each other. */
abstract class SeveralHubsCases extends EntityWords {

  /** A door to another hub, which is empty at first. */
  abstract TaskHubStore openOther();

  private void work() {
    create("parent", at(0));
    write(
        EpisodeDraft.of(claimOne(at(0)), at(0))
            .schedules(0, "charge", null, at(0))
            .schedules(1, "charge", null, at(0))
            .creates(2, "child", null)
            .completes(null));
    send(signal(A, "s1", at(0)), at(0));
  }

  @Test
  void nodesAreThoseOfTheirHub() {
    open().heartbeat(NodeCases.node("node-a", at(0)));

    assertThat(openOther().nodes()).isEmpty();
    assertThat(openOther().drain("node-a", true)).isFalse();
    assertThat(openOther().heartbeat(NodeCases.node("node-a", at(5)))).hasSize(1);
    openOther().leave("node-a");
    assertThat(open().nodes()).containsExactly(NodeCases.node("node-a", at(0)));
  }

  @Test
  void partitionsAreThoseOfTheirHub() {
    PartitionClaim all = new PartitionClaim("node-a", 2, Set.of(), Set.of(0, 1), at(0), at(30));
    open().leasePartitions(all);

    assertThat(openOther().partitions(2)).noneMatch(lease -> lease.isHeld(at(0)));
    assertThat(
            openOther()
                .leasePartitions(
                    new PartitionClaim("node-b", 2, Set.of(), Set.of(0, 1), at(0), at(30))))
        .allMatch(lease -> "node-b".equals(lease.owner()));
    openOther().leave("node-a");
    assertThat(open().partitions(2)).allMatch(lease -> "node-a".equals(lease.owner()));
  }

  @Test
  void workWaitsInItsHub() {
    work();

    assertThat(open().due(at(1))).isEqualTo(new Due(true, true, true));
    assertThat(openOther().due(at(1))).isEqualTo(Due.NOTHING);
    assertThat(openOther().backlog(at(1)))
        .isEqualTo(new Backlog(Queue.EMPTY, Queue.EMPTY, Map.of(), null));
    assertThat(open().inspect(at(1), at(1), 100).overdue()).hasSize(4);
    assertThat(open().inspect(at(1), at(1), 100).orphans()).hasSize(1);
    assertThat(openOther().inspect(at(1), at(1), 100))
        .isEqualTo(new Findings(List.of(), List.of()));
  }

  @Test
  void aNodeOfAnotherHubHoldsNothing() {
    work();
    claim(at(1));
    claimTasks(at(1));
    openOther().heartbeat(NodeCases.node("node-a", at(1)));

    assertThat(openOther().releaseAbandoned(at(1), 100)).isZero();
    assertThat(open().releaseAbandoned(at(1), 100)).isEqualTo(4);
  }

  @Test
  void aLimitCountsInItsHub() {
    HubLimit limit = new HubLimit(1, new Rate(1, Duration.ofMinutes(1)));
    ActivityClaim claim =
        new ActivityClaim(request("node-a", at(1), 9), new Names.Only("charge"), limit);
    work();

    assertThat(openOther().claimActivities(claim)).isEmpty();
    assertThat(open().claimActivities(claim)).hasSize(1);
    assertThat(open().claimActivities(claim)).isEmpty();
  }
}
