package dev.durable.core.episode;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.Message;
import dev.durable.core.testing.Histories;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A work item in words. */
final class Inbox {

  static final InstanceRef ORDER = new InstanceRef("order-1", 1);
  static final String NAME = "sample";

  private final List<HistoryEvent> history = new ArrayList<>();
  private final List<InboxMessage> messages = new ArrayList<>();
  private int execution = 1;
  private RuntimeStatus status = RuntimeStatus.PENDING;
  private @Nullable ParentTask parent;
  private @Nullable String customStatus;

  static Inbox ofNew() {
    return new Inbox();
  }

  /** Of an instance with that history. */
  static Inbox of(HistoryEvent... past) {
    Inbox inbox = new Inbox();
    inbox.history.addAll(List.of(past));
    inbox.status = RuntimeStatus.RUNNING;
    return inbox;
  }

  Inbox status(RuntimeStatus now) {
    status = now;
    return this;
  }

  Inbox execution(int number) {
    execution = number;
    return this;
  }

  /** What it has shown so far. */
  Inbox customStatus(String json) {
    customStatus = json;
    return this;
  }

  Inbox calledBy(ParentTask caller) {
    parent = caller;
    return this;
  }

  Inbox start(@Nullable String input) {
    return add(Message.startId(execution), execution, new ExecutionStarted(NAME, input, parent));
  }

  /** The start of an execution that goes on where the one before has ended. */
  Inbox startContinuedAt(Instant continuedAt) {
    return add(
        Message.startId(execution),
        execution,
        new ExecutionStarted(NAME, null, parent, continuedAt, null));
  }

  Inbox answer(Completion completion) {
    return answer(execution, completion);
  }

  Inbox answer(int ofExecution, Completion completion) {
    return add(Message.answerId(ofExecution, completion.taskId()), ofExecution, completion);
  }

  /** An event or a command. */
  Inbox message(String messageId, HistoryEvent event) {
    return add(messageId, Message.ANY_EXECUTION, event);
  }

  Inbox event(String eventId) {
    return message(eventId, Histories.eventRaised(eventId, "go", null));
  }

  Inbox terminate(@Nullable String reason) {
    return message("t-" + messages.size(), Histories.executionTerminated(reason));
  }

  Inbox add(String messageId, int forExecution, HistoryEvent event) {
    Instant visibleAt = Histories.at(messages.size());
    messages.add(
        new InboxMessage(
            new Message(ORDER, messageId, forExecution, event, visibleAt, 0), messages.size() + 1));
    return this;
  }

  InstanceWorkItem item() {
    ExecutionSnapshot snapshot =
        new ExecutionSnapshot(
            execution, "e-" + execution, NAME, null, status, customStatus, null, null, parent);
    return new InstanceWorkItem(
        new InstanceLease(ORDER, "node-a", 7),
        snapshot,
        List.copyOf(history),
        List.copyOf(messages),
        1);
  }
}
