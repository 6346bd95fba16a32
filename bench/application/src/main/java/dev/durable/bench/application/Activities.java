package dev.durable.bench.application;

import dev.durable.Activity;
import jakarta.enterprise.context.ApplicationScoped;

/** An activity that costs nothing itself, so that what is measured is the engine. */
@ApplicationScoped
public class Activities {

  /** Gives the next number. */
  @Activity("bench-next")
  public Integer next(Integer number) {
    return number + 1;
  }
}
