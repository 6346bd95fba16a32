package dev.durable.core.store;

import dev.durable.core.history.ParentTask;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance to be created. The store gives it a key and puts its {@code ExecutionStarted} message
 * into its inbox.
 *
 * @param instanceId its id
 * @param executionId the id of its first execution
 * @param name the orchestrator
 * @param input JSON text
 * @param createdAt now, by the database's clock
 * @param startAt when the start message becomes visible; not before {@code createdAt}
 * @param parent who waits for it
 */
public record NewInstance(
    String instanceId,
    String executionId,
    String name,
    @Nullable String input,
    Instant createdAt,
    Instant startAt,
    @Nullable ParentTask parent) {}
