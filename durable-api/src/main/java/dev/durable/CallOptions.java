package dev.durable;

/**
 * How an activity is called: a {@link RetryPolicy} where that is all there is to say, or {@link
 * ActivityOptions}.
 */
public sealed interface CallOptions permits RetryPolicy, ActivityOptions {}
