package dev.durable.samples.orders;

import org.jspecify.annotations.Nullable;

/**
 * The payload of the event {@code approval}.
 *
 * @param approved yes or no
 * @param by who decided
 */
public record Approval(boolean approved, @Nullable String by) {}
