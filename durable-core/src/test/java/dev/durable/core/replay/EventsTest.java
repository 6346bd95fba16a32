package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.T0;
import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.eventRaised;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.timerFired;

import dev.durable.PayloadException;
import dev.durable.Task;
import dev.durable.TaskTimeoutException;
import dev.durable.core.testing.Rehearsal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {

  @Test
  void anEventIsGivenToTheOneWhoWaits() {
    Rehearsal orchestration = Rehearsal.of(ctx -> ctx.waitForEvent("go", String.class).await());
    orchestration.start().isWaiting();
    orchestration.takes(eventRaised("m1", "go", "\"now\"")).completesWith("\"now\"");
  }

  @Test
  void anEventThatComesEarlyIsKept() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              ctx.call("a", null, Void.class).await();
              return ctx.waitForEvent("go", String.class).await();
            });
    orchestration.start();
    orchestration.takes(eventRaised("m1", "go", "\"early\"")).isWaiting();
    orchestration.takes(taskCompleted(0, null)).completesWith("\"early\"");
  }

  @Test
  void eventsOfOneNameAreReceivedInTheOrderTheyCame() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              ctx.call("a", null, Void.class).await();
              return ctx.waitForEvent("n", Integer.class).await() * 100
                  + ctx.waitForEvent("n", Integer.class).await() * 10
                  + ctx.waitForEvent("n", Integer.class).await();
            });
    orchestration.start();
    orchestration.takes(eventRaised("m1", "n", "1"), eventRaised("m2", "n", "2")).isWaiting();
    orchestration.takes(taskCompleted(0, null)).isWaiting();
    orchestration.takes(eventRaised("m3", "n", "3")).completesWith("123");
  }

  @Test
  void severalWaitersOfOneNameAreServedInTheOrderOfTheirCalls() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Task<String> first = ctx.waitForEvent("n", String.class);
              Task<String> second = ctx.waitForEvent("n", String.class);
              return second.await() + first.await();
            });
    orchestration.start();
    orchestration.takes(eventRaised("m1", "n", "\"1\"")).isWaiting();
    orchestration.takes(eventRaised("m2", "n", "\"2\"")).completesWith("\"21\"");
  }

  @Test
  void anEventOfAnotherNameIsLeftForLater() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              ctx.waitForEvent("b", Void.class).await();
              return ctx.waitForEvent("B", String.class).await();
            });
    orchestration.start();
    orchestration.takes(eventRaised("m1", "B", "\"big\"")).isWaiting();
    orchestration.takes(eventRaised("m2", "b", null)).completesWith("\"big\"");
  }

  @Test
  void anEventInTimeCancelsTheTimeout() {
    Rehearsal orchestration =
        Rehearsal.of(ctx -> ctx.waitForEvent("go", String.class).await(Duration.ofDays(1)));
    orchestration.start().createsTimer(0, at(86_400)).isWaiting();
    orchestration
        .takes(eventRaised("m1", "go", "\"yes\""))
        .cancelsTimer(0)
        .completesWith("\"yes\"");
  }

  @Test
  void anEventThatComesTooLateIsKeptForTheNextWaiter() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              try {
                ctx.waitForEvent("go", String.class).await(Duration.ofSeconds(30));
              } catch (TaskTimeoutException e) {
                ctx.call("remind", null, Void.class).await();
              }
              return ctx.waitForEvent("go", String.class).await();
            });
    orchestration.start().createsTimer(0, at(30)).isWaiting();
    orchestration
        .nextEpisodeAt(at(30))
        .takes(timerFired(0, at(30)))
        .schedulesActivity(1, "remind", null)
        .isWaiting();
    orchestration.takes(eventRaised("m1", "go", "\"late\"")).isWaiting();
    orchestration.takes(taskCompleted(1, null)).completesWith("\"late\"");
  }

  @Test
  void aTaskThatTimedOutCanBeAwaitedAgain() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Task<String> approval = ctx.waitForEvent("go", String.class);
              try {
                return approval.await(Duration.ofSeconds(30));
              } catch (TaskTimeoutException e) {
                ctx.call("remind", null, Void.class).await();
                return approval.await();
              }
            });
    orchestration.start();
    orchestration
        .nextEpisodeAt(at(30))
        .takes(timerFired(0, at(30)))
        .schedulesActivity(1, "remind", null)
        .isWaiting();
    orchestration.takes(eventRaised("m1", "go", "\"late\"")).isWaiting();
    orchestration.takes(taskCompleted(1, null)).completesWith("\"late\"");
  }

  @Test
  void aWaiterThatGaveUpDoesNotTakeTheEventOfAnother() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Task<String> first = ctx.waitForEvent("n", String.class);
              Task<String> second = ctx.waitForEvent("n", String.class);
              try {
                first.await(Duration.ofSeconds(30));
              } catch (TaskTimeoutException e) {
                return second.await() + first.isDone();
              }
              return "unexpected";
            });
    orchestration.start();
    orchestration.takes(timerFired(0, at(30))).isWaiting();
    orchestration.takes(eventRaised("m1", "n", "\"1\"")).completesWith("\"1false\"");
  }

  @Test
  void anEventWithoutPayloadIsNull() {
    Rehearsal orchestration =
        Rehearsal.of(ctx -> ctx.waitForEvent("go", String.class).await() == null);
    orchestration.start();
    orchestration.takes(eventRaised("m1", "go", null)).completesWith("true");
  }

  @Test
  void aPayloadThatDoesNotFitIsThrownWhereTheEventIsAwaited() {
    Rehearsal orchestration = Rehearsal.of(ctx -> ctx.waitForEvent("go", Integer.class).await());
    orchestration.start();
    orchestration
        .takes(eventRaised("m1", "go", "\"x\""))
        .failsWith(PayloadException.class)
        .failsSaying("the payload of event go does not fit java.lang.Integer");
  }

  @Test
  void anEventNameMustBePrintable() {
    Rehearsal.of(ctx -> ctx.waitForEvent("a\nb", String.class).await())
        .start()
        .failsWith(IllegalArgumentException.class);
  }

  @Test
  void anEventGivenUpOnceIsReceivedByWaitingForItAmongOthers() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Task<String> event = ctx.waitForEvent("go", String.class);
              try {
                return event.await(Duration.ofSeconds(1));
              } catch (TaskTimeoutException e) {
                ctx.anyOf(event).await();
                return "late " + event.await();
              }
            });
    orchestration.start().createsTimer(0, at(1)).isWaiting();
    orchestration.nextEpisodeAt(at(1)).takes(timerFired(0, at(1))).isWaiting();
    orchestration.takes(eventRaised("m1", "go", "\"now\"")).completesWith("\"late now\"");
  }

  @Test
  void anEventThatComesAfterATimeOutOfSeveralWaitersIsKeptForTheNext() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Task<String> first = ctx.waitForEvent("a", String.class);
              Task<String> second = ctx.waitForEvent("b", String.class);
              try {
                ctx.allOf(List.of(first, ctx.anyOf(second))).await(Duration.ofSeconds(5));
              } catch (TaskTimeoutException e) {
                // nobody has said anything
              }
              return ctx.waitForEvent("a", String.class).await()
                  + ctx.waitForEvent("b", String.class).await();
            });
    orchestration.start();
    orchestration.takes(timerFired(0, T0.plusSeconds(5))).isWaiting();
    orchestration.takes(eventRaised("m1", "b", "\"b\"")).isWaiting();
    orchestration.takes(eventRaised("m2", "a", "\"a\"")).completesWith("\"ab\"");
  }

  @Test
  void severalWaitersThatHadGivenUpWaitAgainTogether() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Task<List<String>> both =
                  ctx.fanOut(List.of("a", "b"), 2, name -> ctx.waitForEvent(name, String.class));
              try {
                return both.await(Duration.ofSeconds(5));
              } catch (TaskTimeoutException e) {
                return both.await();
              }
            });
    orchestration.start();
    orchestration.takes(timerFired(0, T0.plusSeconds(5))).isWaiting();
    orchestration.takes(eventRaised("m1", "b", "\"b\"")).isWaiting();
    orchestration.takes(eventRaised("m2", "a", "\"a\"")).completesWith("[\"a\",\"b\"]");
  }
}
