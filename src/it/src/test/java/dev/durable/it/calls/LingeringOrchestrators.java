package dev.durable.it.calls;

import dev.durable.ActivityOptions;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.RetryPolicy;
import dev.durable.Task;
import dev.durable.TaskFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Orchestrators that tell how an activity that does not end has ended. */
@ApplicationScoped
public class LingeringOrchestrators {

  private static final ActivityOptions SHORT = ActivityOptions.timeout(Duration.ofMillis(300));

  @Orchestrator("wait-shortly")
  public String waitShortly(OrchestrationContext ctx) {
    return outcomeAndWord(ctx, ctx.call(LingeringActivities::lingerDeaf, SHORT));
  }

  @Orchestrator("wait-shortly-for-transaction")
  public String waitShortlyForTransaction(OrchestrationContext ctx) {
    return outcomeAndWord(ctx, ctx.call(LingeringActivities::lingerInTransaction, SHORT));
  }

  @Orchestrator("wait-as-configured")
  public String waitAsConfigured(OrchestrationContext ctx) {
    return outcomeAndWord(ctx, ctx.call(LingeringActivities::lingerAsConfigured));
  }

  @Orchestrator("wait-long")
  public String waitLong(OrchestrationContext ctx) {
    return ctx.call(LingeringActivities::linger).await();
  }

  @Orchestrator("wait-for-at-most-once")
  public String waitForAtMostOnce(OrchestrationContext ctx) {
    RetryPolicy retry = RetryPolicy.fixed(5, Duration.ofMillis(10));
    return outcome(ctx.call(LingeringActivities::lingerAtMostOnce, retry));
  }

  /** Stays until the test has seen what it wants to see. */
  private static String outcomeAndWord(OrchestrationContext ctx, Task<String> call) {
    String outcome = outcome(call);
    ctx.setCustomStatus(outcome);
    return outcome + " " + ctx.waitForEvent("word", String.class).await();
  }

  private static String outcome(Task<String> call) {
    try {
      return call.await();
    } catch (TaskFailedException e) {
      return e.failure().type();
    }
  }
}
