package examples.approval;

import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.Task;
import dev.durable.TaskTimeoutException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
public class Expenses {

  @Orchestrator("approve-expense")
  public String approve(OrchestrationContext ctx, Expense expense) {
    Question question = new Question(expense.manager(), expense.what(), ctx.instanceId());
    ctx.call(Mails::ask, question).await();
    ctx.setCustomStatus("waiting for " + expense.manager());
    try {
      @Nullable Decision decision =
          ctx.waitForEvent("approval", Decision.class).await(Duration.ofDays(3));
      return decision != null && decision.approved() ? "approved by " + decision.by() : "refused";
    } catch (TaskTimeoutException e) {
      return "nobody has answered";
    }
  }

  @Orchestrator("approve-by-two")
  public String approveByTwo(OrchestrationContext ctx, Expense expense) {
    Task<Decision> manager = ctx.waitForEvent("approval", Decision.class);
    Task<Decision> deputy = ctx.waitForEvent("approval-by-deputy", Decision.class);
    boolean byManager = ctx.anyOf(manager, deputy).await() == manager;
    return expense.what() + (byManager ? " was decided" : " was decided by a deputy");
  }
}
