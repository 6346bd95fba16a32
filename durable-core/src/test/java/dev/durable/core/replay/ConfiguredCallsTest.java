package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.childFailed;
import static dev.durable.core.testing.Histories.failure;
import static dev.durable.core.testing.Histories.taskFailed;

import dev.durable.ActivityOptions;
import dev.durable.Priority;
import dev.durable.RetryPolicy;
import dev.durable.core.history.CallDetails;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.testing.Rehearsal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Calls of which the caller does not say all. */
class ConfiguredCallsTest {

  private static final RetryPolicy TWICE = RetryPolicy.fixed(2, Duration.ofSeconds(10));
  private static final RetryPolicy OFTEN = RetryPolicy.fixed(9, Duration.ofSeconds(99));
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofSeconds(33);

  /** All functions alike. */
  private record Configured(RetryPolicy retry, Duration timeout) implements CallDefaults {

    @Override
    public ActivityOptions ofActivity(String name) {
      return ActivityOptions.timeout(timeout).withRetry(retry);
    }

    @Override
    public RetryPolicy ofOrchestrator(String name) {
      return retry;
    }
  }

  private static Rehearsal calling(ActivityOptions options) {
    return Rehearsal.of(ctx -> ctx.call("a", null, Void.class, options).await())
        .configured(new Configured(TWICE, SHORT));
  }

  @Test
  void whatTheCallerDoesNotSayTheConfigurationDoes() {
    calling(ActivityOptions.defaults())
        .start()
        .schedulesActivity(0, "a", null)
        .knowing(CallDetails.first(0, TWICE, SHORT, Priority.NORMAL));
    calling(ActivityOptions.timeout(LONG))
        .start()
        .schedulesActivity(0, "a", null)
        .knowing(CallDetails.first(0, TWICE, LONG, Priority.NORMAL));
  }

  @Test
  void whatTheCallerSaysCounts() {
    calling(ActivityOptions.timeout(LONG).withRetry(OFTEN))
        .start()
        .schedulesActivity(0, "a", null)
        .knowing(CallDetails.first(0, OFTEN, LONG, Priority.NORMAL));
    calling(ActivityOptions.defaults().withRetry(RetryPolicy.none()))
        .start()
        .schedulesActivity(0, "a", null)
        .knowing(CallDetails.first(0, null, SHORT, Priority.NORMAL));
  }

  @Test
  void anotherConfigurationDoesNotChangeACallThatIsUnderWay() {
    Rehearsal orchestration = calling(ActivityOptions.defaults());
    orchestration.start().schedulesActivity(0, "a", null).isWaiting();

    orchestration
        .configured(CallDefaults.none())
        .nextEpisodeAt(at(1))
        .takes(taskFailed(0, "busy"))
        .createsTimer(1, at(11))
        .isWaiting();
  }

  @Test
  void subOrchestrationsAreTriedAgainAsConfigured() {
    Rehearsal orchestration =
        Rehearsal.of(ctx -> ctx.callSubOrchestrator("ship", 7, String.class).await())
            .configured(new Configured(TWICE, SHORT));
    orchestration.start().createsChild(0, "e-1:0", "ship", "7").isWaiting();

    orchestration
        .nextEpisodeAt(at(1))
        .takes(childFailed(0, failure("sunk")))
        .createsTimer(1, at(11))
        .isWaiting();
  }
}
