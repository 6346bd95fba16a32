package dev.durable.it.calls;

import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.RetryPolicy;
import dev.durable.it.calls.FlakyActivities.Closed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Orchestrators that try again. */
@ApplicationScoped
public class RetryOrchestrators {

  private static final RetryPolicy SIX_TIMES = RetryPolicy.fixed(6, Duration.ofMillis(10));

  @Orchestrator("try-with-jitter")
  public String tryWithJitter(OrchestrationContext ctx, int wanted) {
    RetryPolicy retry = RetryPolicy.exponential(6, Duration.ofMillis(20)).withJitter(0.5);
    return ctx.call(FlakyActivities::succeedAtAttempt, wanted, retry).await();
  }

  @Orchestrator("try-unless-closed")
  public String tryUnlessClosed(OrchestrationContext ctx) {
    return ctx.call(FlakyActivities::findClosed, SIX_TIMES.withNonRetriable(Closed.class)).await();
  }

  @Orchestrator("try-while-handler-says-so")
  public String tryWhileHandlerSaysSo(OrchestrationContext ctx, int wanted) {
    RetryPolicy retry =
        SIX_TIMES.withHandler(
            failed -> failed.failedAttempts() < 2 && failed.failure().isA(busy()));
    return ctx.call(FlakyActivities::succeedAtAttempt, wanted, retry).await();
  }

  private static String busy() {
    return FlakyActivities.Busy.class.getName();
  }

  @Orchestrator("try-as-configured")
  public String tryAsConfigured(OrchestrationContext ctx) {
    return ctx.call(FlakyActivities::refuse).await();
  }

  @Orchestrator("copy-parts")
  public String copyParts(OrchestrationContext ctx, int parts) {
    return ctx.call(FlakyActivities::copy, parts, SIX_TIMES).await();
  }
}
