package dev.durable.core.replay;

import dev.durable.PayloadException;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.spi.Payloads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events that came early, and those who wait for events; never both for one name. */
final class ExternalEvents {

  private final ReplayRun run;
  private final Payloads payloads;
  private final List<EventRaised> early = new ArrayList<>();
  private final Map<String, Deque<Waiter<?>>> waiters = new HashMap<>();

  ExternalEvents(ReplayRun run, Payloads payloads) {
    this.run = run;
    this.payloads = payloads;
  }

  <T extends @Nullable Object> DurableTask<T> waitFor(String name, Class<T> type) {
    Waiter<T> waiter = new Waiter<>(name, type);
    waiter.enlist();
    return waiter;
  }

  void raised(EventRaised event) {
    Deque<Waiter<?>> queue = waiters.get(event.name());
    Waiter<?> first = queue == null ? null : queue.poll();
    if (first == null) {
      early.add(event);
    } else {
      first.receive(event);
    }
  }

  /** The events that nobody has waited for, in the order they came. */
  List<EventRaised> unreceived() {
    return early;
  }

  private final class Waiter<T extends @Nullable Object> extends DurableTask<T> {

    private final String name;
    private final Class<T> type;
    private boolean enlisted;

    Waiter(String name, Class<T> type) {
      super(run, "The event " + name);
      this.name = name;
      this.type = type;
    }

    private void enlist() {
      for (int i = 0; i < early.size(); i++) {
        if (early.get(i).name().equals(name)) {
          receive(early.remove(i));
          return;
        }
      }
      waiters.computeIfAbsent(name, any -> new ArrayDeque<>()).add(this);
      enlisted = true;
    }

    @Override
    void willWait() {
      if (!isDone() && !enlisted) {
        enlist();
      }
    }

    /** So that it does not take an event away from the next waiter. */
    @Override
    void gaveUp() {
      waiters.getOrDefault(name, new ArrayDeque<>()).remove(this);
      enlisted = false;
    }

    @SuppressWarnings("unchecked") // read as that type
    private void receive(EventRaised event) {
      try {
        complete((T) payloads.read(event.payload(), type, "the payload of event " + name));
      } catch (PayloadException e) {
        fail(e);
      }
    }
  }
}
