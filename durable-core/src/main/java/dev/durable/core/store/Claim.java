package dev.durable.core.store;

import java.time.Instant;

/**
 * A request for work.
 *
 * @param owner the node that asks; never reused after its restart
 * @param now by the database's clock
 * @param leaseUntil when the leases end unless they are renewed
 * @param max how many at most, at least 1
 */
public record Claim(String owner, Instant now, Instant leaseUntil, int max) {}
