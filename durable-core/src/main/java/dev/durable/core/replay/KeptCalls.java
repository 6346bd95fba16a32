package dev.durable.core.replay;

import dev.durable.core.history.CallDetails;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.Call;
import dev.durable.core.history.HistoryEvent.CallKept;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.RecordedHistory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The calls of an execution from before it was rewound, which keep their identity when they are
 * made again: services recognise them by it, and children are not started twice.
 */
final class KeptCalls {

  private final List<CallKept> left = new ArrayList<>();
  private final Set<Integer> adopted = new HashSet<>();

  /** Those that are recorded there and have not been made again since. */
  KeptCalls(RecordedHistory past) {
    Set<Integer> made = new HashSet<>();
    for (Action action : past.actions().values()) {
      if (action instanceof Call call) {
        made.add(call.call().callId());
      }
    }
    past.keptCalls().stream().filter(call -> !made.contains(call.callId())).forEach(left::add);
  }

  /** Those that have not been made again. */
  List<CallKept> left() {
    return left;
  }

  /** The tasks of children that were called before. */
  Set<Integer> adopted() {
    return adopted;
  }

  /** A new decision as the call that it makes again: the given one, or the first that fits. */
  Action madeAgain(Action action, Optional<CallKept> known) {
    if (!(action instanceof Call call) || call.call().attempt() > 1) {
      return action;
    }
    return known.or(() -> take(call)).map(before -> madeAgain(call, before)).orElse(call);
  }

  private Optional<CallKept> take(Call call) {
    Optional<CallKept> first =
        left.stream().filter(before -> before.isMadeAgainBy(call)).findFirst();
    first.ifPresent(left::remove);
    return first;
  }

  private Call madeAgain(Call call, CallKept before) {
    CallDetails details = call.call().of(before.callId());
    if (call instanceof SubOrchestrationInstanceCreated child && before.instanceId() != null) {
      adopted.add(child.taskId());
      return child.of(details, before.instanceId());
    }
    return ((TaskScheduled) call).of(details);
  }
}
