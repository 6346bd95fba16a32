package dev.durable.core.store;

import dev.durable.core.history.ParentTask;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What only entities have of a claimed instance.
 *
 * @param state JSON text; null for none
 * @param lockedBy the task that has locked it; null for none
 * @param over of {@code lockedBy} and the tasks that ask for a lock in its messages, those whose
 *     execution is over: the instance is gone, has finished, or is in a later execution; once over,
 *     always over
 */
public record EntityWork(
    @Nullable String state, @Nullable ParentTask lockedBy, Set<ParentTask> over) {}
