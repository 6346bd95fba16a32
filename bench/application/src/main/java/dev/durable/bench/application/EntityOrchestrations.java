package dev.durable.bench.application;

import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What is measured of entities. Each takes the number of its steps and returns how many it has seen
 * done.
 */
@ApplicationScoped
public class EntityOrchestrations {

  static final String SIGNALED_BY_CLIENTS = "bench-signals";
  static final String SENT = "sent";

  private static final int COUNTERS_OF_TRANSFERS = 100;

  /** Signals one counter, the same for all instances, and goes on when that has counted all. */
  @Orchestrator("bench-counter")
  public Integer counter(OrchestrationContext ctx, Integer steps) {
    EntityId counter = Counter.named("one");
    for (int step = 0; step < steps; step++) {
      ctx.signalEntity(counter, Counter::add, 1L);
    }
    ctx.callEntity(counter, Counter::get).await();
    return steps;
  }

  /** Calls a counter for each step, all at once; it goes on when all have counted. */
  @Orchestrator("bench-counters")
  public Integer counters(OrchestrationContext ctx, Integer steps) {
    var tasks =
        IntStream.range(0, steps)
            .<Task<Void>>mapToObj(i -> ctx.callEntity(Counter.named("c-" + i), Counter::add, 1L));
    return ctx.allOf(tasks.toList()).await().size();
  }

  /** Waits until clients have signaled a counter of its own, and asks how often. */
  @Orchestrator(SIGNALED_BY_CLIENTS)
  public Integer signals(OrchestrationContext ctx, Integer steps) {
    ctx.waitForEvent(SENT, Void.class).await();
    return ctx.callEntity(Counter.named(ctx.instanceId()), Counter::get).await().intValue();
  }

  /** One transfer after the other, each between two of a hundred counters that it locks. */
  @Orchestrator("bench-transfers")
  @SuppressWarnings("try") // a critical section need not mention its lock
  public Integer transfers(OrchestrationContext ctx, Integer steps) {
    SplittableRandom random = new SplittableRandom(ctx.instanceId().hashCode());
    int done = 0;
    while (done < steps) {
      int payer = random.nextInt(COUNTERS_OF_TRANSFERS);
      int payee = (payer + random.nextInt(1, COUNTERS_OF_TRANSFERS)) % COUNTERS_OF_TRANSFERS;
      EntityId from = Counter.named("t-" + payer);
      EntityId to = Counter.named("t-" + payee);
      try (EntityLock both = ctx.lock(from, to)) {
        ctx.callEntity(from, Counter::add, -1L).await();
        ctx.callEntity(to, Counter::add, 1L).await();
      }
      done++;
    }
    return done;
  }
}
