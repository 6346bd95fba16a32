package examples.entities;

import dev.durable.DurableClient;
import dev.durable.EntityId;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.SignalOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;

@ApplicationScoped
public class Polls {

  @Inject private DurableClient durable;

  @Orchestrator("count-votes")
  public int countVotes(OrchestrationContext ctx, String poll) {
    EntityId counter = EntityId.of(Counter.class, poll);
    ctx.signalEntity(counter, Counter::add, 1); // nobody waits for it
    return ctx.callEntity(counter, Counter::get).await(); // 1 or more
  }

  @Transactional
  public void vote(String poll, String ballot) {
    durable.signalEntity(
        EntityId.of(Counter.class, poll),
        Counter::add,
        1,
        SignalOptions.defaults().withSignalId(ballot)); // a ballot that is sent again counts once
  }

  public int votes(String poll) {
    return durable
        .readEntity(EntityId.of(Counter.class, poll), Counter.class)
        .map(Counter::get)
        .orElse(0);
  }

  public void lateVote(String poll, Instant closing) {
    durable.signalEntity(
        EntityId.of(Counter.class, poll), Counter::add, 1, SignalOptions.at(closing));
  }
}
