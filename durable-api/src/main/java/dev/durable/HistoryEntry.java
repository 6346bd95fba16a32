package dev.durable;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of an instance's history, for display.
 *
 * @param sequence its place, from 1
 * @param type such as {@code TaskScheduled}
 * @param at when the episode that recorded it ran, by the database's clock
 * @param taskId the task it is about; null for none
 * @param name the function, event, timer or patch it is about, or the reason that was given for an
 *     action; null for none
 * @param payload input, result or event payload as JSON text; null for none
 * @param failure of a failed task; null for none
 */
public record HistoryEntry(
    int sequence,
    String type,
    Instant at,
    @Nullable Integer taskId,
    @Nullable String name,
    @Nullable String payload,
    @Nullable FailureDetails failure) {}
