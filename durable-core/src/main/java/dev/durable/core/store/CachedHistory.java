package dev.durable.core.store;

import dev.durable.core.history.HistoryEvent;
import java.util.List;

/**
 * What a node remembers of an instance's history: how one of its executions begins.
 *
 * @param execution the number of the execution
 * @param events its first events, as they are stored; perhaps not all by now; never changes
 */
public record CachedHistory(int execution, List<HistoryEvent> events) {}
