package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.childCompleted;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.taskFailed;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.RetryPolicy;
import dev.durable.SubOrchestrationOptions;
import dev.durable.core.testing.Rehearsal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls by method reference do the same as calls by name. */
class TypedCallsTest {

  static class Stock {
    @Activity("reserve")
    public List<Integer> reserve(String line) {
      return List.of();
    }

    @Activity("audit")
    public void audit(String line) {}

    @Activity("count")
    public Integer count() {
      return 0;
    }

    @Activity("clean")
    public void clean() {}
  }

  static class Orders {
    @Orchestrator("ship")
    public String ship(OrchestrationContext ctx, Integer order) {
      return "";
    }

    @Orchestrator("archive")
    public void archive(OrchestrationContext ctx, Integer order) {}

    @Orchestrator("nightly")
    public String nightly(OrchestrationContext ctx) {
      return "";
    }

    @Orchestrator("sweep")
    public void sweep(OrchestrationContext ctx) {}
  }

  @Test
  void activitiesOfAllShapesAreScheduledByTheirDurableNames() {
    Rehearsal.of(
            ctx -> {
              ctx.call(Stock::reserve, "line");
              ctx.call(Stock::audit, "line");
              ctx.call(Stock::count);
              ctx.call(Stock::clean);
              return null;
            })
        .start()
        .schedulesActivity(0, "reserve", "\"line\"")
        .schedulesActivity(1, "audit", "\"line\"")
        .schedulesActivity(2, "count", null)
        .schedulesActivity(3, "clean", null)
        .completesWith(null);
  }

  @Test
  void orchestratorsOfAllShapesAreCalledByTheirDurableNames() {
    Rehearsal.of(
            ctx -> {
              ctx.callSubOrchestrator(Orders::ship, 1);
              ctx.callSubOrchestrator(
                  Orders::ship, 2, SubOrchestrationOptions.withId("shipment-2"));
              ctx.callSubOrchestrator(Orders::archive, 3);
              ctx.callSubOrchestrator(Orders::nightly);
              ctx.callSubOrchestrator(Orders::sweep);
              return null;
            })
        .start()
        .createsChild(0, "e-1:0", "ship", "1")
        .createsChild(1, "shipment-2", "ship", "2")
        .createsChild(2, "e-1:2", "archive", "3")
        .createsChild(3, "e-1:3", "nightly", null)
        .createsChild(4, "e-1:4", "sweep", null)
        .completesWith(null);
  }

  @Test
  void aResultIsReadAsTheFullTypeThatTheMethodReturns() {
    Rehearsal orchestration =
        Rehearsal.of(ctx -> ctx.call(Stock::reserve, "line").await().get(0) + 1);
    orchestration.start();
    orchestration.takes(taskCompleted(0, "[41]")).completesWith("42");
  }

  @Test
  void whateverIsRecordedOfACallWithoutResultIsIgnored() {
    Rehearsal orchestration = Rehearsal.of(ctx -> ctx.call(Stock::clean).await() == null);
    orchestration.start();
    orchestration.takes(taskCompleted(0, "\"left over\"")).completesWith("true");
  }

  @Test
  void aChildsResultIsReadAsTheTypeThatItsMethodReturns() {
    Rehearsal orchestration = Rehearsal.of(ctx -> ctx.callSubOrchestrator(Orders::ship, 1).await());
    orchestration.start();
    orchestration.takes(childCompleted(0, "\"shipped\"")).completesWith("\"shipped\"");
  }

  @Test
  void typedCallsAreRetriedAsWell() {
    RetryPolicy policy = RetryPolicy.fixed(2, Duration.ofSeconds(1));
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              ctx.call(Stock::reserve, "line", policy);
              ctx.call(Stock::audit, "line", policy);
              ctx.call(Stock::count, policy);
              ctx.call(Stock::clean, policy).await();
              return null;
            });
    orchestration.start();
    orchestration.takes(taskFailed(3, "busy")).createsTimer(4, at(2)).isWaiting();
  }

  @Test
  void aCallOfSomethingElseFailsTheOrchestrationWithAReason() {
    Rehearsal.of(ctx -> ctx.call((Stock stock, String line) -> stock.reserve(line), "line").await())
        .start()
        .failsWith(IllegalArgumentException.class)
        .failsSaying("a lambda expression");
  }
}
