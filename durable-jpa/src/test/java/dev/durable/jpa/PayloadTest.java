package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionCompleted;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.InstanceWorkItem;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadTest {

  private static final String MEGABYTE = "\"" + "0123456ä".repeat(128 * 1024) + "\"";

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aMegabyteComesBackFromEveryColumn(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    hub.store.create(TestHub.instance("order-1", MEGABYTE), StartPolicy.REPLACE_FINISHED);
    hub.store.send("order-1", "e", TestHub.event("e", MEGABYTE), NOW, false);
    InstanceWorkItem started = hub.claim().get(0);
    hub.store.commit(List.of(TestHub.scheduling(started, MEGABYTE)));
    ActivityWorkItem task = hub.claimTasks().get(0);
    hub.store.commit(List.of(TestHub.completing(task, MEGABYTE)));
    InstanceWorkItem answered = hub.claim().get(0);
    hub.store.commit(
        List.of(
            new EpisodeCommit(
                answered.lease(),
                answered
                    .execution()
                    .with(RuntimeStatus.RUNNING, MEGABYTE)
                    .ended(RuntimeStatus.COMPLETED, MEGABYTE, null),
                answered.history().size() + 1,
                List.of(
                    new EpisodeStarted(NOW.plusMillis(1)),
                    answered.inbox().get(0).message().event(),
                    new ExecutionCompleted(MEGABYTE)),
                List.of(),
                List.of(),
                OpenActivities.KEPT,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                null,
                NOW.plusMillis(1))));

    assertThat(task.task().input()).isEqualTo(MEGABYTE);
    assertThat(hub.store.status("order-1").orElseThrow())
        .satisfies(
            status -> {
              assertThat(status.input()).isEqualTo(MEGABYTE);
              assertThat(status.output()).isEqualTo(MEGABYTE);
              assertThat(status.customStatus()).isEqualTo(MEGABYTE);
            });
    assertThat(hub.store.history("order-1").orElseThrow())
        .contains(
            new ExecutionStarted("fulfil", MEGABYTE, null),
            new EventRaised("e", "go", MEGABYTE),
            new TaskCompleted(task.task().taskId(), MEGABYTE),
            new ExecutionCompleted(MEGABYTE));
  }
}
