package dev.durable;

/**
 * What {@link DurableClient#cleanUpEntities} has done.
 *
 * @param removed how many entities without state were removed
 * @param releasedLocks how many locks were released whose orchestration is over
 */
public record EntityCleanUp(long removed, long releasedLocks) {}
