package examples.entities;

import dev.durable.DurableEntity;
import dev.durable.EntityContext;
import dev.durable.EntityId;
import dev.durable.InitialState;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.Set;

@DurableEntity("seat-plan")
public class SeatPlan {

  @Inject private EntityContext context; // injected, so no part of the state

  @PersistenceContext private EntityManager em;

  private Set<String> free = new HashSet<>();

  @InitialState
  void openTheHall() {
    for (int seat = 1; seat <= 20; seat++) {
      free.add(context.key() + "-" + seat);
    }
  }

  public void take(String seat) {
    boolean wasFree = free.remove(seat);
    context.signalEntity(EntityId.of(Counter.class, "taken"), Counter::add, 1);
    if (!wasFree) {
      throw new SeatTakenException(seat); // nothing was removed, and nothing is counted
    }
    if (free.isEmpty()) {
      context.startOrchestration(Box::announceFullHouse, context.key());
    }
  }

  @Transactional
  public void sell(String seat) {
    take(seat);
    em.persist(new Ticket(seat));
  }

  public void close() {
    context.deleteState();
  }
}
