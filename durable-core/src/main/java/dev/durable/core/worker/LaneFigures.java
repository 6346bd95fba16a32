package dev.durable.core.worker;

/**
 * How often work of a node has taken {@link FastLanes} since it was made.
 *
 * @param starts instances that were claimed when they were created
 * @param activities tasks that were claimed when they were called
 * @param results of activities that were stored with an episode
 * @param episodes that were stored without a claim
 * @param episodesInVain that were run without a claim and not stored, since others were quicker
 */
public record LaneFigures(
    long starts, long activities, long results, long episodes, long episodesInVain) {}
