package dev.durable.core.store;

import dev.durable.core.history.InstanceRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An activity to be run.
 *
 * @param instance who called it
 * @param execution the number of the execution that called it
 * @param taskId the task; with instance and execution it makes the activity's identity
 * @param name the activity
 * @param input JSON text
 * @param visibleAt from when on it may be claimed, by the database's clock
 */
public record ActivityTask(
    InstanceRef instance,
    int execution,
    int taskId,
    String name,
    @Nullable String input,
    Instant visibleAt) {}
