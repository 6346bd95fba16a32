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
 * @param executionId which execution
 * @param name which orchestrator
 * @param parentInstanceId who called it
 * @param past what is recorded
 * @param fresh what is new: an {@code EpisodeStarted}, then messages
 */
public record OrchestratorTask(
    InstanceRef instance,
    String executionId,
    String name,
    @Nullable String parentInstanceId,
    RecordedHistory past,
    List<HistoryEvent> fresh) {}
