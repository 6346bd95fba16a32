package dev.durable.bench.application;

import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.stream.IntStream;

/** What is measured. Each takes the number of its steps and returns how many it has seen done. */
@ApplicationScoped
public class Orchestrations {

  static final String EVENT = "tick";

  private static final Duration FAR_IN_THE_FUTURE = Duration.ofDays(3650);

  /** One activity after the other; each takes the result of the one before. */
  @Orchestrator("bench-chain")
  public Integer chain(OrchestrationContext ctx, Integer steps) {
    Integer done = 0;
    for (int step = 0; step < steps; step++) {
      done = ctx.call(Activities::next, done).await();
    }
    return done;
  }

  /** All activities at once; it goes on when all are done. */
  @Orchestrator("bench-fan-out")
  public Integer fanOut(OrchestrationContext ctx, Integer steps) {
    var tasks =
        IntStream.range(0, steps).<Task<Integer>>mapToObj(i -> ctx.call(Activities::next, i));
    return ctx.allOf(tasks.toList()).await().size();
  }

  /** Waits for a time that nobody who measures lives to see. */
  @Orchestrator("bench-wait")
  public Integer waiting(OrchestrationContext ctx, Integer steps) {
    ctx.createTimer(FAR_IN_THE_FUTURE).await();
    return steps;
  }

  /** Waits for one event after the other. */
  @Orchestrator("bench-events")
  public Integer events(OrchestrationContext ctx, Integer steps) {
    int seen = 0;
    while (seen < steps) {
      ctx.waitForEvent(EVENT, Integer.class).await();
      seen++;
    }
    return seen;
  }
}
