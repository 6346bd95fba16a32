package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import dev.durable.TaskFailedException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events from one orchestration to another, and events that are sent twice. */
class EventsBetweenTest {

  private final Town town = new Town();
  private final Town.Inhabitant node = town.node("node-a");
  private final DurableClient client = town.client();

  @Test
  void anEventReachesTheOtherInstanceAndTheSenderIsTold() {
    town.functions
        .orchestrator("receiver", ctx -> ctx.waitForEvent("go", String.class).await())
        .orchestrator(
            "sample",
            ctx -> {
              ctx.sendEvent("receiver-1", "go", "hello").await();
              return "sent";
            });
    client.start("receiver", null, StartOptions.withId("receiver-1"));
    node.poll();
    town.start("order-1");
    node.poll();

    assertThat(town.status("order-1").output()).isEqualTo("\"sent\"");
    assertThat(town.status("receiver-1").output()).isEqualTo("\"hello\"");
    assertThat(town.history("order-1")).contains("EventSent", "EventDelivered");
  }

  @Test
  void nobodyToReceiveItIsAFailureThatTheSenderSees() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try {
            ctx.sendEvent("nobody", "go", null).await();
            return "sent";
          } catch (TaskFailedException e) {
            return e.failure().type();
          }
        });
    town.start("order-1");
    node.poll();

    assertThat(town.status("order-1").output()).isEqualTo("\"EventNotDelivered\"");
  }

  @Test
  void anEventIsSentEvenIfTheSenderEndsAtOnce() {
    town.functions
        .orchestrator("receiver", ctx -> ctx.waitForEvent("go", String.class).await())
        .orchestrator(
            "sample",
            ctx -> {
              ctx.sendEvent("receiver-1", "go", "bye");
              return "gone";
            });
    client.start("receiver", null, StartOptions.withId("receiver-1"));
    town.start("order-1");
    node.poll();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(town.status("receiver-1").output()).isEqualTo("\"bye\"");
  }

  @Test
  void anInstanceMaySendAnEventToItself() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          ctx.sendEvent(ctx.instanceId(), "go", "me").await();
          return ctx.waitForEvent("go", String.class).await();
        });
    town.start("order-1");
    node.poll();

    assertThat(town.status("order-1").output()).isEqualTo("\"me\"");
  }

  @Test
  void anEventIdIsTakenOnceAlsoOverContinueAsNew() {
    town.functions.orchestrator(
        "sample",
        String.class,
        (ctx, before) -> {
          String got = ctx.waitForEvent("go", String.class).await();
          if (before.length() < 2) {
            throw ctx.continueAsNew(before + got);
          }
          return before + got;
        });
    town.start("order-1", "\"\"");
    for (String payload : List.of("a", "a", "b", "a", "b", "c")) {
      client.raiseEvent("order-1", "go", payload, "payment-" + payload);
      node.poll();
      town.pass(Duration.ofDays(1));
    }

    assertThat(town.status("order-1").output()).isEqualTo("\"abc\"");
  }
}
