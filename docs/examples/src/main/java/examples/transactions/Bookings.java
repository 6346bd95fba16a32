package examples.transactions;

import dev.durable.Activity;
import dev.durable.DurableClient;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.StartOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

@ApplicationScoped
public class Bookings {

  @Inject private DurableClient durable;

  @PersistenceContext private EntityManager em;

  @Transactional
  public void book(String id) {
    em.persist(new Booking(id));
    durable.start(Bookings::run, id, StartOptions.withId(id)); // runs once this has committed
  }

  @Transactional
  public void paymentHasCome(String id, String paymentId) {
    em.find(Booking.class, id).pay();
    durable.raiseEvent(id, "paid", null, paymentId);
  }

  @Orchestrator("run-booking")
  public void run(OrchestrationContext ctx, String id) {
    ctx.waitForEvent("paid", Void.class).await();
    ctx.call(Bookings::archive, id).await();
  }

  @Activity("archive-booking")
  @Transactional
  public void archive(String id) {
    em.remove(em.find(Booking.class, id));
  }
}
