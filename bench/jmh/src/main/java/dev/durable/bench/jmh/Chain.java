package dev.durable.bench.jmh;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import dev.durable.core.testing.JsonbConverter;
import dev.durable.core.testing.TestFunctions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One orchestration that calls activities for ever, each with the result of the one before. It
 * holds its history as a node does that keeps it in memory.
 */
final class Chain {

  private static final String NAME = "chain";
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final RecordedHistory past = RecordedHistory.of(List.of());
  private int episodes;

  /** What runs it. */
  static OrchestrationExecutor executor() {
    TestFunctions functions =
        new TestFunctions()
            .orchestrator(
                NAME,
                Integer.class,
                (ctx, first) -> {
                  Integer number = first;
                  while (number >= 0) {
                    number = ctx.call("next", number, Integer.class).await();
                  }
                  return number;
                });
    return new OrchestrationExecutor(
        functions,
        new Payloads(new JsonbConverter(), 1024 * 1024),
        CallDefaults.none(),
        Versions.standard());
  }

  /** The episode that comes next: the first one, or one with the result of the last activity. */
  OrchestratorTask next() {
    EpisodeStarted begun = new EpisodeStarted(BEGIN.plusSeconds(episodes));
    return new OrchestratorTask(
        new InstanceRef("chain-1", 1),
        1,
        "e-1",
        NAME,
        null,
        null,
        past,
        episodes == 0
            ? List.of(begun, new ExecutionStarted(NAME, "0", null))
            : List.of(begun, new TaskCompleted(episodes - 1, String.valueOf(episodes))),
        false);
  }

  /**
   * Records an episode.
   *
   * @return how many events the history has now
   */
  int record(OrchestratorTask task, Decisions decisions) {
    List<HistoryEvent> events = new ArrayList<>(task.fresh());
    events.addAll(decisions.actions());
    past.readOn(events);
    episodes++;
    return past.size();
  }

  /** Runs that many episodes, each by a replay of all before. */
  Chain grown(int count) {
    OrchestrationExecutor executor = executor();
    for (int episode = 0; episode < count; episode++) {
      OrchestratorTask task = next();
      record(task, executor.execute(task));
    }
    return this;
  }
}
