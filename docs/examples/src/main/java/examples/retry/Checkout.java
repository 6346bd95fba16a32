package examples.retry;

import dev.durable.ActivityOptions;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.RetryPolicy;
import dev.durable.TaskFailedException;
import dev.durable.TaskTimeoutException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

@ApplicationScoped
public class Checkout {

  @Orchestrator("checkout")
  public String checkout(OrchestrationContext ctx, Order order) {
    RetryPolicy retry =
        RetryPolicy.exponential(5, Duration.ofSeconds(1)) // waits of 1 s, 2 s, 4 s, 8 s
            .withMaxInterval(Duration.ofMinutes(1))
            .withJitter(0.2) // each up to a fifth shorter
            .withNonRetriable(CardDeclinedException.class);
    ActivityOptions options = ActivityOptions.timeout(Duration.ofSeconds(30)).withRetry(retry);
    return ctx.call(Payments::charge, order, options).await();
  }

  @Orchestrator("checkout-or-invoice")
  public String checkoutOrInvoice(OrchestrationContext ctx, Order order) {
    try {
      return ctx.call(Payments::charge, order).await(Duration.ofMinutes(10));
    } catch (TaskTimeoutException e) { // all attempts together took too long
      return ctx.call(Payments::sendInvoice, order).await();
    } catch (TaskFailedException e) { // the last attempt has failed
      if (e.failure().isCausedBy(CardDeclinedException.class)) {
        return "declined";
      }
      throw e;
    }
  }

  @Orchestrator("checkout-patiently")
  public String checkoutPatiently(OrchestrationContext ctx, Order order) {
    RetryPolicy retry =
        RetryPolicy.fixed(1_000, Duration.ofMinutes(5))
            .withRetryTimeout(Duration.ofHours(8))
            .withHandler(last -> last.failedAttempts() < 3 || !isOurFault(last.failure().type()));
    return ctx.call(Payments::charge, order, retry).await();
  }

  private static boolean isOurFault(String type) {
    return type.equals(NullPointerException.class.getName());
  }
}
