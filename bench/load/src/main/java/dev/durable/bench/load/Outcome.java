package dev.durable.bench.load;

import java.util.List;

/**
 * What a load has measured, in microseconds.
 *
 * @param elapsed from the first start to the last end, without pauses
 * @param latencies of each instance, from the call of start to the return of await
 */
public record Outcome(long elapsed, List<Long> latencies) {}
