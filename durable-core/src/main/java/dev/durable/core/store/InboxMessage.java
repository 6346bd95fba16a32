package dev.durable.core.store;

import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.HistoryEvent.TimerFired;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A message as it lies in an inbox.
 *
 * @param message the message
 * @param arrival rises with each message that the inbox takes in
 */
public record InboxMessage(Message message, long arrival) {

  /**
   * The order of delivery. Messages come in the order of their arrival, whatever the clocks of
   * their senders said: that keeps the order of each sender. A delayed one (a timer, or a signal
   * for a later time) has arrived long before it is due, so it is placed by its time instead:
   * behind all that was visible before it. Carried-over events come first, in their own order.
   */
  public static List<Message> inOrder(List<InboxMessage> inbox) {
    List<InboxMessage> byArrival = new ArrayList<>(inbox);
    byArrival.sort(
        Comparator.comparing((InboxMessage m) -> m.message().carried() <= 0)
            .thenComparing(m -> Math.max(0, m.message().carried()))
            .thenComparing(InboxMessage::arrival));
    List<Placed> placed = new ArrayList<>(inbox.size());
    Instant latest = Instant.MIN;
    for (InboxMessage m : byArrival) {
      if (m.isDelayed()) {
        placed.add(new Placed(m.message(), m.message().visibleAt()));
      } else {
        latest = m.message().visibleAt().isAfter(latest) ? m.message().visibleAt() : latest;
        placed.add(new Placed(m.message(), latest));
      }
    }
    placed.sort(Comparator.comparing(Placed::at));
    return placed.stream().map(Placed::message).toList();
  }

  private record Placed(Message message, Instant at) {}

  private boolean isDelayed() {
    return message.event() instanceof TimerFired
        || (message.event() instanceof EntityOperationRequested requested && requested.scheduled());
  }
}
