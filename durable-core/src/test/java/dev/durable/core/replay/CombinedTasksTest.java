package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.childCompleted;
import static dev.durable.core.testing.Histories.eventRaised;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.taskFailed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.OrchestrationContext;
import dev.durable.Task;
import dev.durable.TaskFailedException;
import dev.durable.core.testing.EpisodeAssert;
import dev.durable.core.testing.Rehearsal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CombinedTasksTest {

  private static List<Task<String>> offers(OrchestrationContext ctx) {
    return Stream.of("a", "b", "c").map(shop -> ctx.call("offer", shop, String.class)).toList();
  }

  private static EpisodeAssert schedulesOffers(EpisodeAssert episode) {
    return episode
        .schedulesActivity(0, "offer", "\"a\"")
        .schedulesActivity(1, "offer", "\"b\"")
        .schedulesActivity(2, "offer", "\"c\"");
  }

  @Test
  void allOfGivesResultsInTheOrderOfTheListWhateverCameFirst() {
    Rehearsal orchestration = Rehearsal.of(ctx -> ctx.allOf(offers(ctx)).await());

    schedulesOffers(orchestration.start()).isWaiting();
    orchestration.takes(taskCompleted(2, "\"C\"")).isWaiting();
    orchestration.takes(taskCompleted(0, "\"A\"")).isWaiting();
    orchestration.takes(taskCompleted(1, "\"B\"")).completesWith("[\"A\",\"B\",\"C\"]");
  }

  @Test
  void allOfTakesResultsThatComeTogether() {
    Rehearsal orchestration = Rehearsal.of(ctx -> ctx.allOf(offers(ctx)).await());
    orchestration.start();
    orchestration
        .takes(taskCompleted(1, "\"B\""), taskCompleted(2, "\"C\""), taskCompleted(0, "\"A\""))
        .completesWith("[\"A\",\"B\",\"C\"]");
  }

  @Test
  void allOfNothingIsDoneAtOnce() {
    Rehearsal.of(ctx -> ctx.allOf(List.of()).await()).start().completesWith("[]");
  }

  @Test
  void allOfKeepsResultsThatAreNull() {
    Rehearsal orchestration =
        Rehearsal.of(ctx -> ctx.allOf(offers(ctx)).await().equals(Arrays.asList("A", null, "C")));
    orchestration.start();
    orchestration
        .takes(taskCompleted(0, "\"A\""), taskCompleted(1, null), taskCompleted(2, "\"C\""))
        .completesWith("true");
  }

  @Test
  void allOfWaitsForAllAndThenThrowsTheFirstFailureWithTheOthersSuppressed() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              try {
                return ctx.allOf(offers(ctx)).await();
              } catch (TaskFailedException e) {
                return e.failure().message() + suppressed(e);
              }
            });
    orchestration.start();
    orchestration.takes(taskFailed(2, "third")).isWaiting();
    orchestration.takes(taskFailed(0, "first")).isWaiting();
    orchestration.takes(taskCompleted(1, "\"B\"")).completesWith("\"third[first]\"");
  }

  private static List<String> suppressed(Throwable e) {
    return Stream.of(e.getSuppressed())
        .map(s -> String.valueOf(((TaskFailedException) s).failure().message()))
        .toList();
  }

  @Test
  void allOfMixesKindsOfTasks() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx ->
                ctx.<Object>allOf(
                        List.of(
                            ctx.call("a", null, String.class),
                            ctx.waitForEvent("e", Integer.class),
                            ctx.callSubOrchestrator("child", null, Boolean.class)))
                    .await());
    orchestration
        .start()
        .schedulesActivity(0, "a", null)
        .createsChild(1, "e-1:1", "child", null)
        .isWaiting();
    orchestration.takes(childCompleted(1, "true"), eventRaised("m1", "e", "7")).isWaiting();
    orchestration.takes(taskCompleted(0, "\"A\"")).completesWith("[\"A\",7,true]");
  }

  @Test
  void anyOfGivesTheTaskThatWasDoneFirstAndNotTheFirstOfTheList() {
    Rehearsal orchestration = Rehearsal.of(ctx -> ctx.anyOf(offers(ctx)).await().await());
    orchestration.start();
    orchestration
        .takes(taskCompleted(2, "\"C\""), taskCompleted(0, "\"A\""))
        .completesWith("\"C\"");
  }

  @Test
  void anyOfTasksThatAreDoneGivesTheOneThatWasDoneFirst() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              List<Task<String>> offers = offers(ctx);
              ctx.allOf(offers).await();
              return ctx.anyOf(offers).await().await();
            });
    orchestration.start();
    orchestration
        .takes(taskCompleted(1, "\"B\""), taskCompleted(0, "\"A\""), taskCompleted(2, "\"C\""))
        .completesWith("\"B\"");
  }

  @Test
  void anyOfIsDoneByAFailureAsWellAndGivesTheFailedTask() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Task<?> first = ctx.anyOf(offers(ctx)).await();
              return first.isDone() && first.isFailed();
            });
    orchestration.start();
    orchestration.takes(taskFailed(1, "closed")).completesWith("true");
  }

  @Test
  void theLosersOfAnyOfMayStillBeAwaited() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              List<Task<String>> offers = offers(ctx);
              Task<?> winner = ctx.anyOf(offers).await();
              return winner.await() + offers.get(0).await();
            });
    orchestration.start();
    orchestration.takes(taskCompleted(1, "\"B\"")).isWaiting();
    orchestration.takes(taskCompleted(0, "\"A\"")).completesWith("\"BA\"");
  }

  @Test
  void anEventAndATimerRace() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Task<String> approval = ctx.waitForEvent("approval", String.class);
              Task<?> first = ctx.anyOf(approval, ctx.createTimer(Duration.ofDays(3))).await();
              return first == approval ? approval.await() : "late";
            });
    orchestration.start();
    orchestration.takes(eventRaised("m1", "approval", "\"yes\"")).completesWith("\"yes\"");
  }

  @Test
  void anyOfNothingIsRefused() {
    Rehearsal.of(ctx -> ctx.anyOf(List.of()).await())
        .start()
        .failsWith(IllegalArgumentException.class)
        .failsSaying("at least one task");
  }

  @Test
  void inCompletionOrderGivesEachTaskAsItIsDone() {
    Rehearsal orchestration = Rehearsal.of(CombinedTasksTest::useInCompletionOrder);

    schedulesOffers(orchestration.start()).isWaiting();
    orchestration.takes(taskCompleted(2, "\"C\"")).schedulesActivity(3, "use", "\"C\"").isWaiting();
    orchestration
        .takes(taskCompleted(1, "\"B\""), taskCompleted(0, "\"A\""))
        .schedulesActivity(4, "use", "\"B\"")
        .schedulesActivity(5, "use", "\"A\"")
        .completesWith("[\"C\",\"B\",\"A\"]");
  }

  private static List<String> useInCompletionOrder(OrchestrationContext ctx) {
    List<String> order = new ArrayList<>();
    for (Task<String> next : ctx.inCompletionOrder(offers(ctx))) {
      order.add(next.await());
      ctx.call("use", next.await(), Void.class);
    }
    return order;
  }

  @Test
  void inCompletionOrderGivesTasksThatWereDoneBeforeInTheOrderTheyWereDone() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              List<Task<String>> offers = offers(ctx);
              ctx.allOf(offers).await();
              List<String> order = new ArrayList<>();
              ctx.inCompletionOrder(offers).forEach(task -> order.add(task.await()));
              return order;
            });
    orchestration.start();
    orchestration
        .takes(taskCompleted(1, "\"B\""), taskCompleted(2, "\"C\""), taskCompleted(0, "\"A\""))
        .completesWith("[\"B\",\"C\",\"A\"]");
  }

  @Test
  void inCompletionOrderGivesATaskAsOftenAsItIsListed() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Task<String> offer = ctx.call("offer", "a", String.class);
              List<String> order = new ArrayList<>();
              ctx.inCompletionOrder(List.of(offer, offer)).forEach(task -> order.add(task.await()));
              return order;
            });
    orchestration.start();
    orchestration.takes(taskCompleted(0, "\"A\"")).completesWith("[\"A\",\"A\"]");
  }

  @Test
  void inCompletionOrderEndsAfterTheLastTask() {
    Rehearsal.of(
            ctx -> {
              var tasks = ctx.inCompletionOrder(List.<Task<String>>of()).iterator();
              assertThat(tasks.hasNext()).isFalse();
              return tasks.next();
            })
        .start()
        .failsWith(NoSuchElementException.class);
  }

  @Test
  void combinedTasksCanBeCombined() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Task<List<String>> all = ctx.allOf(offers(ctx));
              Task<String> stop = ctx.waitForEvent("stop", String.class);
              return ctx.anyOf(all, stop).await() == all ? "all" : "stopped";
            });
    orchestration.start();
    orchestration.takes(taskCompleted(0, "\"A\""), taskCompleted(1, "\"B\"")).isWaiting();
    orchestration.takes(eventRaised("m1", "stop", null)).completesWith("\"stopped\"");
  }
}
