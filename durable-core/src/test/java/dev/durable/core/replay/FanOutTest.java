package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.eventRaised;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.taskFailed;

import dev.durable.OrchestrationContext;
import dev.durable.SubOrchestrationOptions;
import dev.durable.Task;
import dev.durable.TaskFailedException;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.testing.Rehearsal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call for each item, so many at once. */
class FanOutTest {

  private static Rehearsal pricing(List<String> items, int limit) {
    return Rehearsal.of(
        ctx -> ctx.fanOut(items, limit, item -> ctx.call("price", item, Integer.class)).await());
  }

  @Test
  void theEndOfOneCallMakesTheNext() {
    Rehearsal orchestration = pricing(List.of("a", "b", "c", "d"), 2);
    orchestration
        .start()
        .schedulesActivity(0, "price", "\"a\"")
        .schedulesActivity(1, "price", "\"b\"")
        .isWaiting();
    orchestration.takes(taskCompleted(1, "20")).schedulesActivity(2, "price", "\"c\"").isWaiting();
    orchestration.takes(taskCompleted(2, "30")).schedulesActivity(3, "price", "\"d\"").isWaiting();
    orchestration.takes(taskCompleted(0, "10")).isWaiting();
    orchestration.takes(taskCompleted(3, "40")).completesWith("[10,20,30,40]");
  }

  @Test
  void aLimitAboveTheNumberOfItemsMakesAllCallsAtOnce() {
    Rehearsal orchestration = pricing(List.of("a", "b"), 1000);
    orchestration
        .start()
        .schedulesActivity(0, "price", "\"a\"")
        .schedulesActivity(1, "price", "\"b\"")
        .isWaiting();
    orchestration.takes(taskCompleted(0, "1"), taskCompleted(1, "2")).completesWith("[1,2]");
  }

  @Test
  void withoutItemsItIsDone() {
    pricing(List.of(), 3).start().completesWith("[]");
  }

  @Test
  void afterAFailureTheOthersAreCalledAllTheSame() {
    Rehearsal orchestration = pricing(List.of("a", "b", "c"), 1);
    orchestration.start().schedulesActivity(0, "price", "\"a\"").isWaiting();
    orchestration
        .takes(taskFailed(0, "no price"))
        .schedulesActivity(1, "price", "\"b\"")
        .isWaiting();
    orchestration
        .takes(taskFailed(1, "no price either"))
        .schedulesActivity(2, "price", "\"c\"")
        .isWaiting();
    orchestration
        .takes(taskCompleted(2, "3"))
        .failsWith(TaskFailedException.class)
        .failsSaying("(id 0) failed: java.io.IOException: no price");
  }

  @Test
  void aCallThatCannotBeMadeIsOneThatHasFailed() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx ->
                ctx.fanOut(List.of("a", "b", "c"), 1, item -> priceUnless("b", item, ctx)).await());
    orchestration.start().schedulesActivity(0, "price", "\"a\"").isWaiting();
    orchestration.takes(taskCompleted(0, "1")).schedulesActivity(1, "price", "\"c\"").isWaiting();
    orchestration.takes(taskCompleted(1, "3")).failsSaying("no call for b");
  }

  private static Task<Integer> priceUnless(String bad, String item, OrchestrationContext ctx) {
    if (item.equals(bad)) {
      throw new IllegalStateException("no call for " + item);
    }
    return ctx.call("price", item, Integer.class);
  }

  @Test
  void callsThatAreDoneAtOnceDoNotPileUp() {
    int many = 20_000;
    List<Integer> items = new ArrayList<>();
    HistoryEvent[] early = new HistoryEvent[many];
    for (int i = 0; i < many; i++) {
      items.add(i);
      early[i] = eventRaised("e" + i, "go", "1");
    }
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              ctx.call("prepare", null, Void.class).await();
              return ctx.fanOut(items, 1, item -> ctx.waitForEvent("go", Integer.class))
                  .await()
                  .size();
            });
    orchestration.start(null, early).schedulesActivity(0, "prepare", null).isWaiting();
    orchestration.takes(taskCompleted(0, null)).completesWith(String.valueOf(many));
  }

  @Test
  void partsMayBeRetriedOrCalledOrchestratorsAsWell() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx ->
                ctx.fanOut(
                        Arrays.asList("x", "y"),
                        1,
                        item ->
                            ctx.callSubOrchestrator(
                                "child",
                                item,
                                String.class,
                                SubOrchestrationOptions.withId("id-" + item)))
                    .await());
    orchestration.start().createsChild(0, "id-x", "child", "\"x\"").isWaiting();
  }

  @Test
  void aLimitBelowOneIsRefused() {
    pricing(List.of("a"), 0)
        .start()
        .failsWith(IllegalArgumentException.class)
        .failsSaying("The limit of a fan-out is 0; allowed is 1 or more.");
  }
}
