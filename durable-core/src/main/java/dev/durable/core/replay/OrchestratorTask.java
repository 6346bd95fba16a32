package dev.durable.core.replay;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.RecordedHistory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an orchestrator is to be run over.
 *
 * @param instance which instance
 * @param execution the number of the execution that is to run
 * @param executionId which execution
 * @param name which orchestrator
 * @param version the version that the execution began with
 * @param parentInstanceId who called it
 * @param past what is recorded
 * @param fresh what is new: what came while it was suspended, then an {@code EpisodeStarted}, then
 *     messages
 * @param rewound whether {@code past} ended in a failure, and the orchestrator is to run anew, from
 *     its first line, with the results in it
 */
public record OrchestratorTask(
    InstanceRef instance,
    int execution,
    String executionId,
    String name,
    @Nullable String version,
    @Nullable String parentInstanceId,
    RecordedHistory past,
    List<HistoryEvent> fresh,
    boolean rewound) {}
