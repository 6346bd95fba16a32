package dev.durable.core.simulation;

import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.UnknownFunctionException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to be said of an instance that has just finished. */
final class Verdict {

  private final World world;
  private final Contents now;
  private final ScriptInput input;

  Verdict(World world, Contents now) {
    this.world = world;
    this.now = now;
    this.input = ScriptInput.ofJson(String.valueOf(now.status().input()));
  }

  void check(Map<String, Contents> all) {
    RuntimeStatus status = now.execution().status();
    if (status == RuntimeStatus.COMPLETED) {
      String output = String.valueOf(now.execution().output());
      checkTokens(output.substring(1, output.length() - 1), false);
    } else if (status == RuntimeStatus.FAILED) {
      checkFailure();
    } else {
      require(now.tasks().isEmpty(), "a terminated instance has no tasks");
      if (now.history().stream()
          .anyMatch(event -> event instanceof ExecutionTerminated end && end.cascade())) {
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

  private void checkTokens(String text, boolean failed) {
    List<String> tokens = Tokens.split(text, ',');
    ScriptModel model = new ScriptModel(world, input, tokens, new Facts(now.history()));
    String complaint = model.complaint(failed);
    require(complaint.isEmpty(), "each step gives what it must: " + complaint);
    List<String> received = Tokens.events(tokens);
    require(
        Set.copyOf(received).size() == received.size() || world.ledger().hasRewinds(),
        "an event comes once, unless its sender was rewound: " + received);
    for (String name : Script.EVENTS) {
      Map<String, AcceptedEvent> accepted = new LinkedHashMap<>();
      for (AcceptedEvent event : world.ledger().life(now.status().instanceId()).events(name)) {
        accepted.putIfAbsent(event.token(), event); // one who was rewound may send it again
      }
      checkEvents(List.copyOf(accepted.values()), received);
    }
    if (!world.ledger().isRewound(input)) {
      checkCustomStatus(model.customStatus());
    }
  }

  /** Those of one sender come in their order; a late one may come before others. */
  private void checkEvents(List<AcceptedEvent> accepted, List<String> received) {
    for (int later = 1; later < accepted.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        int first = received.indexOf(accepted.get(earlier).token());
        int second = received.indexOf(accepted.get(later).token());
        boolean inOrder = second < 0 || (first >= 0 && first < second);
        require(
            inOrder || accepted.get(later).sentAt().isBefore(accepted.get(earlier).sentAt()),
            "events come in order: accepted were " + accepted + ", received " + received);
      }
    }
  }

  private void checkFailure() {
    FailureDetails failure = now.execution().failure();
    if (failure != null && failure.type().equals(ScriptFailure.class.getName())) {
      checkTokens(String.valueOf(failure.message()), true);
    } else {
      require(
          failure != null
              && failure.type().equals(UnknownFunctionException.class.getName())
              && world.isMixed(),
          "only what must fail fails");
    }
  }

  /** It stays until it is set again, whatever execution did that. */
  private void checkCustomStatus(@Nullable String label) {
    String expected = label == null ? null : "\"" + label + "\"";
    require(
        Objects.equals(expected, now.status().customStatus()),
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
