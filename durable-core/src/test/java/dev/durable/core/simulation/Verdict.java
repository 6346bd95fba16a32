package dev.durable.core.simulation;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.HistoryEvent.TimerFired;
import dev.durable.core.history.ParentTask;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.simulation.Life.AcceptedEvent;
import dev.durable.core.store.InMemoryTaskHub.Contents;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is to be said of an instance that has just finished. */
final class Verdict {

  private final World world;
  private final Contents now;
  private final ScriptInput input;

  Verdict(World world, Contents now) {
    this.world = world;
    this.now = now;
    this.input = ScriptInput.of(WatchedHistory.unquoted(String.valueOf(now.status().input())));
  }

  void check(Map<String, Contents> all) {
    RuntimeStatus status = now.execution().status();
    if (status == RuntimeStatus.COMPLETED) {
      checkOutput(WatchedHistory.unquoted(String.valueOf(now.execution().output())));
    } else if (status == RuntimeStatus.FAILED) {
      checkFailure();
    } else {
      require(now.tasks().isEmpty(), "a terminated instance has no tasks");
      if (now.history().get(now.history().size() - 1) instanceof ExecutionTerminated end
          && end.cascade()) {
        new Descendants(world, now.status().instanceId(), all).mustGo();
      }
    }
    require(
        now.inbox().stream().noneMatch(message -> isOfItsOwn(message.message())),
        "the end empties the inbox");
    checkParent(all);
  }

  /** An answer may have come in the same transaction, from another instance. */
  private static boolean isOfItsOwn(Message message) {
    return message.event() instanceof TimerFired || message.event() instanceof EventRaised;
  }

  private void checkOutput(String output) {
    List<String> tokens = List.of(output.split(",", -1));
    require(tokens.size() == input.program().length(), "all steps were done");
    String complaint = ScriptModel.complaint(input, tokens, world.ledger().isRewound(input));
    require(complaint.isEmpty(), "each step gave what it must: " + complaint);
    checkEvents(Events.received(tokens));
    checkCustomStatus();
  }

  /**
   * Events come once, and those of one sender in their order; a late one may come before others.
   */
  private void checkEvents(List<String> received) {
    List<AcceptedEvent> accepted =
        world.ledger().life(now.status().instanceId()).events(Script.EVENT);
    List<String> tokens = accepted.stream().map(AcceptedEvent::token).toList();
    require(
        tokens.containsAll(received) && Set.copyOf(received).size() == received.size(),
        "events come once: accepted were " + tokens);
    for (int later = 1; later < accepted.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        int first = received.indexOf(tokens.get(earlier));
        int second = received.indexOf(tokens.get(later));
        boolean inOrder = second < 0 || (first >= 0 && first < second);
        require(
            inOrder || accepted.get(later).sentAt().isBefore(accepted.get(earlier).sentAt()),
            "events come in order: accepted were " + tokens);
      }
    }
  }

  private void checkFailure() {
    require(
        ScriptModel.fails(input.program())
            && now.execution().failure() != null
            && now.execution().failure().type().equals(ScriptFailure.class.getName()),
        "only what must fail fails");
    checkCustomStatus();
  }

  /** It stays until it is set again, whatever execution did that. */
  private void checkCustomStatus() {
    int last = input.program().lastIndexOf('u');
    String expected = last >= 0 ? "\"" + input.step(last) + "\"" : null;
    require(
        String.valueOf(expected).equals(String.valueOf(now.status().customStatus())),
        "the custom status is the last one: " + expected);
  }

  /** Whoever waits for this instance is told in the same transaction. */
  private void checkParent(Map<String, Contents> all) {
    ParentTask task = now.execution().parent();
    Contents parent = task == null ? null : all.get(task.instance().id());
    if (task == null || parent == null) {
      return; // a parent that has finished may have been purged
    }
    boolean isWaiting =
        task.instance().equals(world.ledger().ref(task.instance().id()))
            && !parent.execution().status().isFinished()
            && parent.execution().number() == task.execution()
            && RecordedHistory.of(parent.history()).isOpen(task.taskId());
    require(!isWaiting || isTold(parent, task), "a finished child has told its parent");
  }

  private static boolean isTold(Contents parent, ParentTask task) {
    for (InboxMessage message : parent.inbox()) {
      if (message.message().messageId().equals(Message.answerId(task.execution(), task.taskId()))
          && message.message().event() instanceof Completion) {
        return true;
      }
    }
    return false;
  }

  private void require(boolean holds, String what) {
    if (!holds) {
      throw world.violated(what + ": " + now, null);
    }
  }
}
