package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Servers keep prepared statements in a cache for each connection, ours 100: what commits send must
 * be few texts, whatever they are about.
 */
class TextsOfCommitsTest {

  private final TestHub hub = new TestHub(Dialect.POSTGRESQL);
  private int sent;

  /**
   * Commits of 1 to 4 episodes with up to 2 results, which call up to 3 activities, have read up to
   * 2 messages, send up to 2, and go on or end.
   */
  @Test
  void commitsOfAllKindsAreFewTexts() {
    Set<String> sequence = new TreeSet<>();
    Set<String> all = new TreeSet<>();
    for (int episodes : new int[] {1, 2, 4}) {
      for (int results = 0; results <= 2; results++) {
        for (int calls = 0; calls <= 3; calls++) {
          for (boolean ends : new boolean[] {false, true}) {
            List<String> texts = texts(episodes, results, ends ? 0 : calls, 0, 0, ends);
            all.addAll(texts);
            if (episodes == 1 && results <= 1 && calls <= 1) {
              sequence.addAll(texts);
            }
          }
        }
      }
    }
    assertThat(sequence).as("a sequence by itself").hasSizeLessThanOrEqualTo(6);
    assertThat(all).as("steps, fan-outs and ends, alone and together").hasSizeLessThanOrEqualTo(30);
    for (int read = 1; read <= 2; read++) {
      for (int sends = 0; sends <= 2; sends++) {
        for (int calls = 0; calls <= 1; calls++) {
          all.addAll(texts(1, 0, calls, read, sends, false));
          all.addAll(texts(3, 0, calls, read, sends, false));
        }
      }
    }
    assertThat(all).as("with messages").hasSizeLessThanOrEqualTo(50);
  }

  /** What commits of so many episodes send. */
  private List<String> texts(
      int episodes, int results, int calls, int read, int sends, boolean ends) {
    String prefix = "order-" + sent++ + "-";
    for (int i = 0; i < episodes; i++) {
      hub.create(prefix + i);
      for (int j = 1; j < read; j++) {
        hub.raise(prefix + i, "e" + j);
      }
    }
    List<EpisodeCommit> commits =
        hub.claim().stream()
            .filter(item -> item.lease().instance().id().startsWith(prefix))
            .map(item -> commit(item, results, calls, read, sends, ends))
            .toList();
    hub.database.log().take();
    hub.store.commit(commits);
    List<String> texts = hub.database.log().take();
    assertThat(texts).hasSize(1);
    return texts;
  }

  private EpisodeCommit commit(
      InstanceWorkItem item, int results, int calls, int read, int sends, boolean ends) {
    InstanceRef ref = item.lease().instance();
    List<HistoryEvent> appended = new ArrayList<>();
    appended.add(new EpisodeStarted(NOW));
    List<String> consumed = read == 0 ? List.of() : TestHub.messageIds(item);
    List<ActivityCompletion> answers = new ArrayList<>();
    for (int i = 0; i < results; i++) {
      TaskCompleted result = new TaskCompleted(100 + i, "1");
      appended.add(result);
      ActivityLease lease = new ActivityLease(ref, 1, 100 + i, "node-a", 1);
      hub.database.run(
          "INSERT INTO DURABLE_ACTIVITY_TASK (INSTANCE_KEY, EXECUTION, TASK_ID, TASK_HUB,"
              + " INSTANCE_ID, NAME, VISIBLE_AT, VERSION, LEASE_OWNER, LEASE_EXPIRES_AT,"
              + " EXECUTION_ID, CALL_ID, CALL_ATTEMPT) VALUES ("
              + ref.key()
              + ", 1, "
              + (100 + i)
              + ", 'none', 'i', 'n', 0, 1, 'node-a', 0, 'e', 1, 1)");
      answers.add(new ActivityCompletion(lease, result, NOW));
    }
    EpisodeCommit one = TestHub.scheduling(item, "1");
    List<ActivityTask> tasks = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      ActivityTask task = one.activities().get(0);
      appended.add(new TaskScheduled(i, "charge", "1"));
      tasks.add(new ActivityTask(ref, 1, task.executionId(), i, "charge", "1", NOW, task.call()));
    }
    List<Message> outbox = new ArrayList<>();
    for (int i = 0; i < sends; i++) {
      outbox.add(new Message(ref, "m" + i, 0, TestHub.event("m" + i, "1"), NOW, 0));
    }
    ExecutionSnapshot going = item.execution().with(RuntimeStatus.RUNNING, null);
    return new EpisodeCommit(
            item.lease(),
            ends ? going.ended(RuntimeStatus.COMPLETED, "1", null) : going,
            1,
            appended,
            consumed,
            tasks,
            one.openActivities(),
            List.of(),
            outbox,
            List.of(),
            List.of(),
            false,
            null,
            NOW)
        .answering(answers);
  }
}
