package dev.durable.bench.application;

import dev.durable.DurableClient;
import dev.durable.EntityId;
import dev.durable.bench.load.DrivenEngine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Our engine, used by its client. */
@ApplicationScoped
class DurableUnderLoad implements DrivenEngine {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Inject DurableClient durable;

  @Override
  public Instance start(String orchestrator, int steps) {
    String id = durable.start(orchestrator, steps);
    return orchestrator.equals(EntityOrchestrations.SIGNALED_BY_CLIENTS)
        ? new Signaled(durable, id)
        : new Started(durable, id);
  }

  private static int await(DurableClient durable, String id) {
    return durable.await(id, Integer.class, PATIENCE);
  }

  private record Started(DurableClient durable, String id) implements Instance {

    @Override
    public void send(int message) {
      durable.raiseEvent(id, Orchestrations.EVENT, message);
    }

    @Override
    public void allSent() {}

    @Override
    public int await() {
      return DurableUnderLoad.await(durable, id);
    }
  }

  /** One that waits while its counter is signaled. */
  private record Signaled(DurableClient durable, String id) implements Instance {

    @Override
    public void send(int message) {
      EntityId counter = Counter.named(id);
      durable.signalEntity(counter, Counter::add, 1L);
    }

    @Override
    public void allSent() {
      durable.raiseEvent(id, EntityOrchestrations.SENT, null);
    }

    @Override
    public int await() {
      return DurableUnderLoad.await(durable, id);
    }
  }
}
