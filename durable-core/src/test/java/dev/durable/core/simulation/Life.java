package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent.EventRaised;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The time from the start of an id to its end, over all executions that continue one another. */
final class Life {

  /** An event, and the time of its sending by the clock of its sender. */
  record AcceptedEvent(EventRaised event, Instant sentAt) {
    /** How a script shows that it has received it. */
    String token() {
      return "g" + event.payload();
    }
  }

  private final Map<String, AcceptedEvent> events = new LinkedHashMap<>();
  private final Set<String> eventIds = new HashSet<>();
  private boolean terminated;

  void accepted(EventRaised event, Instant sentAt) {
    if (eventIds.add(event.eventId())) {
      events.put(event.eventId(), new AcceptedEvent(event, sentAt));
    }
  }

  /** Events that had not been taken in when it failed are lost, and may be sent again. */
  void failed(Predicate<AcceptedEvent> takenIn) {
    List<AcceptedEvent> lost = events.values().stream().filter(takenIn.negate()).toList();
    lost.forEach(
        each -> {
          events.remove(each.event().eventId());
          eventIds.remove(each.event().eventId());
        });
  }

  Map<String, AcceptedEvent> events() {
    return events;
  }

  List<AcceptedEvent> events(String name) {
    return events.values().stream().filter(event -> event.event().name().equals(name)).toList();
  }

  void terminated() {
    terminated = true;
  }

  /** Whether somebody wanted it to end. */
  boolean isTerminated() {
    return terminated;
  }
}
