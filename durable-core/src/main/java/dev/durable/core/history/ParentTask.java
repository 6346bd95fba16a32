package dev.durable.core.history;

/**
 * Who waits for a sub-orchestration.
 *
 * @param instance the parent
 * @param execution the number of the parent's execution that called it; a later one does not want
 *     the answer any more
 * @param taskId the parent's task
 */
public record ParentTask(InstanceRef instance, int execution, int taskId) {}
