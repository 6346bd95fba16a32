package dev.durable.core.episode;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.ExecutionSuspended;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a work item, sorted into those that become history and those that are dropped:
 * duplicates, answers that nobody waits for, and what is meant for another execution. Both kinds
 * are consumed.
 *
 * @param events what becomes history, in the order of delivery; a start first
 * @param consumed the ids of all messages that lie in the inbox
 * @param dropped how many of them do not become history
 */
record Triage(List<HistoryEvent> events, List<String> consumed, int dropped) {

  static Triage of(InstanceWorkItem item, RecordedHistory past) {
    List<HistoryEvent> events = new ArrayList<>();
    List<String> consumed = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (Message message : InboxMessage.inOrder(item.inbox())) {
      consumed.add(message.messageId());
      if (isWanted(message, item, past, seen)) {
        if (message.event() instanceof ExecutionStarted) {
          events.add(0, message.event());
        } else {
          events.add(message.event());
        }
      }
    }
    for (ActivityCompletion result : item.results()) {
      if (isWanted(result.answer(), item, past, seen)) {
        events.add(result.completion());
      }
    }
    int all = consumed.size() + item.results().size();
    return new Triage(List.copyOf(events), List.copyOf(consumed), all - events.size());
  }

  private static boolean isWanted(
      Message message, InstanceWorkItem item, RecordedHistory past, Set<Object> seen) {
    if (item.execution().status().isFinished()) {
      return false;
    }
    boolean present =
        message.execution() == Message.ANY_EXECUTION
            || message.execution() == item.execution().number();
    HistoryEvent event = message.event();
    if (event instanceof Completion completion) {
      return present && past.isOpen(completion.taskId()) && seen.add(completion.taskId());
    }
    if (event instanceof EventRaised raised) {
      return !past.hasEvent(raised.eventId()) && seen.add(raised.eventId());
    }
    if (event instanceof ExecutionStarted) {
      return present && past.started() == null && seen.add(ExecutionStarted.class);
    }
    if (event instanceof ExecutionRewound) {
      return present && past.hasFailed() && seen.add(ExecutionRewound.class);
    }
    return event instanceof ExecutionTerminated
        || event instanceof ExecutionSuspended
        || event instanceof ExecutionResumed;
  }

  /** Whether the start of the execution is among them. */
  boolean starts() {
    return !events.isEmpty() && events.get(0) instanceof ExecutionStarted;
  }

  /**
   * What the episode must be later than, because the execution before came so far; {@link
   * Instant#MIN} if none did, or the start is not among them.
   */
  Instant continuedAt() {
    return starts()
            && events.get(0) instanceof ExecutionStarted start
            && start.continuedAt() != null
        ? start.continuedAt()
        : Instant.MIN;
  }

  /** Whether they leave an instance suspended that was so, or was not, before. */
  boolean leavesSuspended(boolean before) {
    boolean suspended = before;
    for (HistoryEvent event : events) {
      if (event instanceof ExecutionSuspended) {
        suspended = true;
      } else if (event instanceof ExecutionResumed) {
        suspended = false;
      }
    }
    return suspended;
  }

  /** Whether a failed execution is to run again. */
  boolean rewinds() {
    return events.stream().anyMatch(ExecutionRewound.class::isInstance);
  }

  /** The first of them that ends its sub-orchestrations as well; null if none does. */
  @Nullable ExecutionTerminated cascade() {
    return events.stream()
        .filter(event -> event instanceof ExecutionTerminated end && end.cascade())
        .map(ExecutionTerminated.class::cast)
        .findFirst()
        .orElse(null);
  }

  /** The first of them that ends the instance from outside. */
  Optional<ExecutionTerminated> termination() {
    return events.stream()
        .filter(ExecutionTerminated.class::isInstance)
        .map(ExecutionTerminated.class::cast)
        .findFirst();
  }
}
