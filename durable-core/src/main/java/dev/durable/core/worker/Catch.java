package dev.durable.core.worker;

/**
 * What a claim has brought.
 *
 * @param claimed how much
 * @param again whether there may be more that another claim would find at once
 */
record Catch(int claimed, boolean again) {}
