package dev.durable.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.cluster.PartitionInfo;
import dev.durable.cluster.WatchdogReport;
import dev.durable.cluster.WatchdogReport.Orphan;
import dev.durable.cluster.WatchdogReport.Overdue;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterViewTest {

  private final FakeCluster cluster = new FakeCluster();
  private final ClusterView view = new ClusterView(cluster);

  @Test
  void partitionsSayWhoPrefersThem() {
    cluster.partitions =
        List.of(
            new PartitionInfo(0, FakeCluster.SELF, FakeCluster.NOW),
            new PartitionInfo(1, null, null));

    assertThat(view.partitions())
        .isEqualTo(
            Answer.jsonText(
                200,
                "[{\"partition\":0,\"node\":\"shop-a-1\",\"expiresTime\":\"2026-01-31T10:00:00Z\"},"
                    + "{\"partition\":1,\"node\":null,\"expiresTime\":null}]"));
  }

  @Test
  void withoutPartitionsTheListIsEmpty() {
    assertThat(view.partitions()).isEqualTo(Answer.jsonText(200, "[]"));
  }

  /** An autoscaler takes the first members out by name, so they are plain numbers at the top. */
  @Test
  void theAdviceBeginsWithNumbersForAutoscalers() {
    assertThat(view.scale())
        .isEqualTo(
            Answer.jsonText(
                200,
                "{\"recommendedNodes\":3,\"liveNodes\":2,\"backlog\":214,"
                    + "\"reason\":\"250 activities for 100 slots of a node\","
                    + "\"time\":\"2026-01-31T10:00:00Z\",\"nextDueTime\":null,"
                    + "\"orchestrations\":{\"waiting\":4,\"running\":1,\"oldestSeconds\":1.250},"
                    + "\"entities\":{\"waiting\":0,\"running\":2,\"oldestSeconds\":0.000},"
                    + "\"activities\":{\"waiting\":210,\"running\":40,\"oldestSeconds\":120.000}}"));
  }

  @Test
  void theAdviceSaysWhenTheNextTimerIsDue() {
    cluster.nextDueAt = FakeCluster.NOW.plusSeconds(90);

    assertThat(Statuses.object(view.scale()).getString("nextDueTime"))
        .isEqualTo("2026-01-31T10:01:30Z");
  }

  @Test
  void theWatchdogSaysWhatDoesNotGoOn() {
    cluster.report =
        new WatchdogReport(
            FakeCluster.NOW,
            List.of(
                new Overdue("order-1", "charge", true, FakeCluster.NOW.minusSeconds(90), false)),
            List.of(new Orphan("order-2/ship", "order-2")));

    assertThat(view.watchdog())
        .isEqualTo(
            Answer.jsonText(
                200,
                "{\"time\":\"2026-01-31T10:00:00Z\",\"overdue\":[{\"instanceId\":\"order-1\","
                    + "\"name\":\"charge\",\"activity\":true,\"dueTime\":\"2026-01-31T09:58:30Z\","
                    + "\"runnable\":false}],\"orphans\":[{\"instanceId\":\"order-2/ship\","
                    + "\"parentInstanceId\":\"order-2\"}]}"));
  }

  @Test
  void aWatchdogWithNothingToTellHasTwoEmptyLists() {
    assertThat(Statuses.object(view.watchdog()).getJsonArray("overdue")).isEmpty();
    assertThat(Statuses.object(view.watchdog()).getJsonArray("orphans")).isEmpty();
  }
}
