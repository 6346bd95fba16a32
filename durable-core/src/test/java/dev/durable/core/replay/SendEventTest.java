package dev.durable.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.InvalidInstanceIdException;
import dev.durable.NonDeterminismException;
import dev.durable.PayloadException;
import dev.durable.TaskFailedException;
import dev.durable.core.history.HistoryEvent.EventDelivered;
import dev.durable.core.history.HistoryEvent.EventNotDelivered;
import dev.durable.core.history.HistoryEvent.EventSent;
import dev.durable.core.spi.Failures;
import dev.durable.core.testing.Rehearsal;
import org.junit.jupiter.api.Test;

/** Events to other instances, as an orchestrator sees them. */
class SendEventTest {

  private static final EventSent SENT = new EventSent(0, "order-2", "paid", "5");

  private static Rehearsal sending() {
    return Rehearsal.of(
        ctx -> {
          ctx.sendEvent("order-2", "paid", 5).await();
          return "sent";
        });
  }

  @Test
  void theOrchestratorGoesOnWhenTheEventIsDelivered() {
    Rehearsal orchestration = sending();
    orchestration.start().decides(SENT).isWaiting();

    orchestration.takes(new EventDelivered(0)).completesWith("\"sent\"");
  }

  @Test
  void anEventThatIsNotDeliveredFailsTheTask() {
    Rehearsal orchestration = sending();
    orchestration.start().decides(SENT).isWaiting();

    orchestration
        .takes(new EventNotDelivered(0, Failures.eventNotDelivered("paid", "order-2")))
        .failsWith(TaskFailedException.class);
  }

  @Test
  void nobodyNeedsToWait() {
    Rehearsal.of(
            ctx -> {
              ctx.sendEvent("order-2", "paid", 5);
              return null;
            })
        .start()
        .decides(SENT)
        .completesWith(null);
  }

  @Test
  void anotherEventThanTheRecordedOneIsDrift() {
    Rehearsal orchestration = sending();
    orchestration.start().decides(SENT).isWaiting();
    orchestration.redeploy(ctx -> ctx.sendEvent("order-2", "refunded", 5).await());

    assertThatThrownBy(() -> orchestration.takes(new EventDelivered(0)))
        .isInstanceOf(NonDeterminismException.class)
        .hasMessageContaining("recorded is the sending of event paid (task 0)")
        .hasMessageContaining("does the sending of event refunded (task 0)");
  }

  @Test
  void whatCannotBeSentIsRefusedAtOnce() {
    Rehearsal.of(
            ctx -> {
              assertThatThrownBy(() -> ctx.sendEvent("a/b", "paid", null))
                  .isInstanceOf(InvalidInstanceIdException.class);
              assertThatThrownBy(() -> ctx.sendEvent("order-2", "", null))
                  .isInstanceOf(IllegalArgumentException.class);
              assertThatThrownBy(() -> ctx.sendEvent("order-2", "paid", "x".repeat(2_000_000)))
                  .isInstanceOf(PayloadException.class);
              assertThat(ctx.isReplaying()).isFalse();
              return null;
            })
        .start()
        .completesWith(null);
  }
}
