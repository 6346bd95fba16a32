package examples.events;

import dev.durable.FailureDetails;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.TaskFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

@ApplicationScoped
public class Theatre {

  @Orchestrator("box-office")
  public void boxOffice(OrchestrationContext ctx, List<String> taken) {
    Seat wish = ctx.waitForEvent("wish", Seat.class).await();
    List<String> next = new ArrayList<>(taken);
    boolean free = !next.contains(wish.row()) && next.add(wish.row());
    ctx.sendEvent(wish.replyTo(), "answer", free); // not waited for, and sent all the same
    throw ctx.continueAsNew(next);
  }

  @Orchestrator("visit")
  public String visit(OrchestrationContext ctx, String row) {
    try {
      ctx.sendEvent("box-office", "wish", new Seat(row, ctx.instanceId())).await();
    } catch (TaskFailedException e) {
      if (e.failure().isA(FailureDetails.EVENT_NOT_DELIVERED)) {
        return "closed";
      }
      throw e;
    }
    return ctx.waitForEvent("answer", Boolean.class).await() ? "row " + row : "sold out";
  }
}
