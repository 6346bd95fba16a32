package dev.durable.core.testing;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionSuspended;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers what an instance was given, and gives it again: what is in the inbox twice, what was
 * delivered before to this execution once more, and answers and starts of earlier executions.
 *
 * <p>Events of earlier executions are left out: they are for any execution, and an execution knows
 * only its own history, so nobody could tell that they have been there.
 */
final class Redelivery {

  private record Delivered(int execution, InboxMessage message) {}

  private final Map<Long, List<Delivered>> byInstance = new HashMap<>();

  /** The work item, perhaps with more messages. */
  synchronized InstanceWorkItem of(InstanceWorkItem item, boolean again) {
    if (item.entity() != null) {
      return item; // it has no history by which it could recognise anything
    }
    int execution = item.execution().number();
    List<Delivered> delivered =
        byInstance.computeIfAbsent(item.lease().instance().key(), key -> new ArrayList<>());
    item.inbox().stream()
        .filter(message -> isRecognised(message.message().event()))
        .forEach(message -> delivered.add(new Delivered(execution, message)));
    if (!again) {
      return item;
    }
    List<InboxMessage> inbox = new ArrayList<>(item.inbox());
    for (Delivered before : delivered) {
      if (before.execution() == execution
          || before.message().message().execution() != Message.ANY_EXECUTION) {
        inbox.add(before.message());
      }
    }
    return new InstanceWorkItem(
        item.lease(), item.execution(), item.history(), inbox, item.attempt());
  }

  /** A store delivers these once, because nothing tells a second one from a new one. */
  private static boolean isRecognised(HistoryEvent event) {
    return !(event instanceof ExecutionSuspended || event instanceof ExecutionResumed);
  }
}
