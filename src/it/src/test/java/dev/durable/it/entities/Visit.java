package dev.durable.it.entities;

import jakarta.enterprise.context.RequestScoped;
import java.util.concurrent.atomic.AtomicLong;

/** One for each operation, as for each request. */
@RequestScoped
public class Visit {

  private static final AtomicLong LAST = new AtomicLong();

  private final long number = LAST.incrementAndGet();

  /** Greater than 0. */
  public long number() {
    return number;
  }
}
