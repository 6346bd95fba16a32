package dev.durable.core.episode;

import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.episodeStarted;
import static dev.durable.core.testing.Histories.executionStarted;
import static dev.durable.core.testing.Histories.taskScheduled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Message;
import dev.durable.core.testing.JsonbConverter;
import dev.durable.core.testing.TestFunctions;
import dev.durable.core.testing.TestFunctions.OrchestratorBody;
import java.time.Instant;

/** Episodes run to their commit, with and without user code. */
final class Episodes {

  private static final Payloads PAYLOADS = new Payloads(new JsonbConverter(), 10_000);
  static final ParentTask CALLER = new ParentTask(new InstanceRef("parent", 9), 2, 4);

  static final HistoryEvent[] CHARGING = {
    episodeStarted(at(0)), executionStarted(Inbox.NAME), taskScheduled(0, "charge", null)
  };

  static EpisodeCommit run(Inbox inbox, Instant now, OrchestratorBody code) {
    Episode episode = Episode.begin(inbox.item(), now, 10_000);
    TestFunctions functions = new TestFunctions().orchestrator(Inbox.NAME, code);
    return episode.conclude(
        new OrchestrationExecutor(functions, PAYLOADS, CallDefaults.none(), Versions.standard())
            .execute(episode.orchestratorTask().orElseThrow()),
        () -> "fresh-id");
  }

  static EpisodeCommit runWithoutCode(Inbox inbox, Instant now) {
    Episode episode = Episode.begin(inbox.item(), now, 10_000);
    assertThat(episode.orchestratorTask()).isEmpty();
    return episode.conclude();
  }

  static Message own(String messageId, HistoryEvent event, Instant visibleAt) {
    return new Message(Inbox.ORDER, messageId, 1, event, visibleAt, 0);
  }

  private Episodes() {}
}
