package examples.entities;

import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.TaskFailedException;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
@SuppressWarnings("try") // a critical section need not mention its lock
public class Box {

  @Orchestrator("sell-seat")
  public String sell(OrchestrationContext ctx, String seat) {
    try {
      ctx.callEntity(plan("hall"), SeatPlan::sell, seat).await();
      return "sold";
    } catch (TaskFailedException e) {
      if (e.failure().isCausedBy(SeatTakenException.class)) {
        return e.failure().message();
      }
      throw e;
    }
  }

  private static EntityId plan(String show) {
    return EntityId.of(SeatPlan.class, show);
  }

  @Orchestrator("announce-full-house")
  public void announceFullHouse(OrchestrationContext ctx, String show) {
    ctx.setCustomStatus(show + " is sold out");
  }

  @Orchestrator("transfer-points")
  public boolean transfer(OrchestrationContext ctx, Points points) {
    EntityId from = EntityId.of(Counter.class, points.from());
    EntityId to = EntityId.of(Counter.class, points.to());
    try (EntityLock both = ctx.lock(from, to)) {
      int there = ctx.callEntity(from, Counter::get).await();
      if (there < points.amount()) {
        return false; // and both are released
      }
      ctx.callEntity(from, Counter::add, -points.amount()).await();
      ctx.callEntity(to, Counter::add, points.amount()).await();
      return true;
    }
  }
}
