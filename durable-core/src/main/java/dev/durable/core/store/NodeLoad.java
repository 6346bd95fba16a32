package dev.durable.core.store;

/**
 * How busy a node is: its slots, and how many of them are taken. One that has noticed that it is
 * drained says that it has no slots: so others know when it will not claim any more.
 *
 * @param orchestrationSlots how many episodes may run at once
 * @param orchestrations how many do
 * @param entitySlots how many batches of operations may run at once
 * @param entities how many do
 * @param activitySlots how many activities may run at once
 * @param activities how many do
 */
public record NodeLoad(
    int orchestrationSlots,
    int orchestrations,
    int entitySlots,
    int entities,
    int activitySlots,
    int activities) {}
