package dev.durable.core.worker;

/**
 * How often work of a node has taken {@link FastLanes} since it was made.
 *
 * @param starts instances that were claimed when they were created
 * @param activities tasks that were claimed when they were called
 * @param waited tasks that were leased to this node and waited for slots in its memory
 * @param waitedInVain those of them that were given back, since they had none soon
 * @param results of activities that were stored with an episode
 * @param episodes that were stored without a claim
 * @param episodesInVain that were run without a claim and not stored, since others were quicker
 */
public record LaneFigures(
    long starts,
    long activities,
    long waited,
    long waitedInVain,
    long results,
    long episodes,
    long episodesInVain) {}
