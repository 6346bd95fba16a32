package dev.durable.testbed.application;

import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The orchestrator. */
@ApplicationScoped
public class Errands {

  static final String EVENT = "go";

  /** Runs an errand; returns how many activities, children and events it has seen done. */
  @Orchestrator("load-errand")
  public Integer run(OrchestrationContext ctx, Errand errand) {
    int done = 0;
    for (int step = 0; step < errand.chain(); step++) {
      ctx.call(Steps::take, errand.stepMillis()).await();
      done++;
    }
    List<Task<String>> steps =
        IntStream.range(0, errand.fanOut())
            .<Task<String>>mapToObj(i -> ctx.call(Steps::take, errand.stepMillis()))
            .toList();
    if (!steps.isEmpty()) {
      done += ctx.allOf(steps).await().size();
    }
    if (errand.timerMillis() > 0) {
      ctx.createTimer(Duration.ofMillis(errand.timerMillis())).await();
    }
    for (int child = 0; child < errand.children(); child++) {
      done += ctx.callSubOrchestrator(Errands::run, errand.ofChild()).await();
    }
    for (int event = 0; event < errand.events(); event++) {
      ctx.waitForEvent(EVENT, String.class).await();
      done++;
    }
    count(ctx, errand);
    return done;
  }

  @SuppressWarnings("try") // a critical section need not mention its lock
  private static void count(OrchestrationContext ctx, Errand errand) {
    if (!errand.tally().isEmpty()) {
      ctx.signalEntity(LoadCounter.named(errand.tally()), LoadCounter::count, ctx.instanceId());
    }
    if (!errand.counters().isEmpty()) {
      List<EntityId> counters = errand.counters().stream().map(LoadCounter::named).toList();
      try (EntityLock all = ctx.lock(counters)) {
        for (EntityId counter : counters) {
          ctx.callEntity(counter, LoadCounter::count, ctx.instanceId()).await();
        }
      }
    }
  }
}
