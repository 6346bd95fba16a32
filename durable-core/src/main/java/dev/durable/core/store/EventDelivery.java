package dev.durable.core.store;

import dev.durable.core.history.HistoryEvent.EventDelivered;
import dev.durable.core.history.HistoryEvent.EventNotDelivered;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event from one orchestration to another. The store puts it into the inbox of the target, if
 * that exists and has not finished, and tells the sender what became of it.
 *
 * @param targetId the instance it goes to
 * @param event the event; its id is that of the message
 * @param sender whose task waits for the answer; null if nobody does
 */
public record EventDelivery(String targetId, EventRaised event, @Nullable ParentTask sender) {

  /** The same for a sender that does not wait. */
  public EventDelivery unanswered() {
    return new EventDelivery(targetId, event, null);
  }

  /** The message to that target. */
  public Message to(InstanceRef target, Instant at) {
    return new Message(target, event.eventId(), Message.ANY_EXECUTION, event, at, 0);
  }

  /** What the sender is told if the event lies in the inbox of the target. */
  public Optional<Message> delivered(Instant at) {
    return Optional.ofNullable(sender)
        .map(waiting -> Message.answer(waiting, new EventDelivered(waiting.taskId()), at));
  }

  /** What the sender is told if there is no target that takes it. */
  public Optional<Message> refused(Instant at) {
    return Optional.ofNullable(sender)
        .map(
            waiting ->
                Message.answer(
                    waiting,
                    new EventNotDelivered(
                        waiting.taskId(), Failures.eventNotDelivered(event.name(), targetId)),
                    at));
  }
}
