package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore.ActionOutcome;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failed instances that are to run again. */
abstract class RewindCases extends SeveralNodes {

  private static final ExecutionRewound REWOUND = new ExecutionRewound("repaired");

  private void createFailed(Instant at) {
    create(ORDER, at);
    write(EpisodeDraft.of(claimOne(at), at).fails(Histories.failure("no stock")));
  }

  @Test
  void aFailedInstanceIsRunningAgainWithTheMessageInItsInbox() {
    createFailed(at(0));
    List<HistoryEvent> before = history(ORDER);

    assertThat(open().rewind(ORDER, REWOUND, at(5))).isEqualTo(new ActionOutcome.Done());

    OrchestrationStatus status = status(ORDER);
    assertThat(status.runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(status.failure()).isNull();
    assertThat(status.completedAt()).isNull();
    assertThat(status.lastUpdatedAt()).isEqualTo(at(5));
    InstanceWorkItem item = claimOne(at(5));
    assertThat(item.history()).isEqualTo(before);
    assertThat(item.execution().number()).isEqualTo(1);
    assertThat(inbox(item))
        .containsExactly(Message.rewind(item.lease().instance(), 1, REWOUND, at(5)));
  }

  @Test
  void itMayFailAndBeRewoundAgain() {
    createFailed(at(0));
    open().rewind(ORDER, REWOUND, at(5));
    write(EpisodeDraft.of(claimOne(at(5)), at(6)).fails(Histories.failure("still none")));
    assertThat(status(ORDER).failure()).isEqualTo(Histories.failure("still none"));
    assertThat(status(ORDER).completedAt()).isEqualTo(at(6));

    assertThat(open().rewind(ORDER, REWOUND, at(7))).isEqualTo(new ActionOutcome.Done());
    assertThat(events(claimOne(at(7)))).containsExactly(REWOUND);
  }

  @Test
  void onlyFailedInstancesAreRewound() {
    createCompleted("completed", at(0));
    createRunning("running", at(0));

    assertThat(open().rewind("completed", REWOUND, at(5)))
        .isEqualTo(new ActionOutcome.WrongStatus(RuntimeStatus.COMPLETED));
    assertThat(open().rewind("running", REWOUND, at(5)))
        .isEqualTo(new ActionOutcome.WrongStatus(RuntimeStatus.RUNNING));
    assertThat(open().rewind("nobody", REWOUND, at(5))).isEqualTo(new ActionOutcome.NotFound());
    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void whoDropsWhatIsLeftOfTheFailedOneIsFencedOff() {
    create(ORDER, at(0));
    write(
        EpisodeDraft.of(claimOne(at(0)), at(0))
            .schedules(0, "audit")
            .fails(Histories.failure("no stock")));
    commit(completing(claimTask(at(1)), null, at(2)));
    InstanceWorkItem leftover = claimOne(at(3));

    open().rewind(ORDER, REWOUND, at(4));

    assertThat(commit(EpisodeDraft.empty(leftover, at(5)).commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertThat(messageIds(claimOne(at(5)))).contains("rewind:1", Message.answerId(1, 0));
  }

  @Test
  void ofSeveralWhoRewindAtOnceOneDoes() throws Exception {
    createFailed(at(0));

    List<ActionOutcome> outcomes =
        atOnce(number -> trying(() -> open().rewind(ORDER, REWOUND, at(5))));

    assertThat(outcomes).containsOnlyOnce(new ActionOutcome.Done());
    assertThat(messageIds(claimOne(at(5)))).containsExactly("rewind:1");
  }
}
