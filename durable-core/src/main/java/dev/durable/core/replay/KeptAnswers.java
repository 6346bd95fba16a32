package dev.durable.core.replay;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.Call;
import dev.durable.core.history.HistoryEvent.CallKept;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EntityOperationCompleted;
import dev.durable.core.history.HistoryEvent.EntityOperationSignaled;
import dev.durable.core.history.HistoryEvent.EventDelivered;
import dev.durable.core.history.HistoryEvent.EventSent;
import dev.durable.core.history.HistoryEvent.ExecutionFailed;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionSuspended;
import dev.durable.core.history.HistoryEvent.ResultKept;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCompleted;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.HistoryEvent.TimerCanceled;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.history.HistoryEvent.TimerFired;
import dev.durable.core.replay.Decisions.Rerun;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a rewound execution takes in: all that it took in before, in the same order and with the
 * same times, but for the failures; then what is new. The code need not make the same calls again:
 * since a failure is missing, it will take another way at some point, and it may have been changed.
 * So an answer is not given to a task of a number, but to the first call of the same function with
 * the same input, once that is made.
 */
final class KeptAnswers implements FreshEvents {

  private final OrchestratorTask task;
  private final Deque<HistoryEvent> ahead = new ArrayDeque<>();
  private final Map<Integer, Completion> successes = new HashMap<>();

  /** What was decided and has not been decided again, the same together, in its order. */
  private final Map<Alike, List<Action>> unmatched = new LinkedHashMap<>();

  /** The task ids of the first attempts, by call id. */
  private final Map<Integer, Integer> places = new HashMap<>();

  /** The new task of each old one that was matched. */
  private final Map<Integer, Integer> newIds = new HashMap<>();

  /** Answers that have come by before their calls were made. */
  private final List<Completion> early = new ArrayList<>();

  private final List<HistoryEvent> taken = new ArrayList<>();
  private final Set<Integer> answered = new HashSet<>();

  KeptAnswers(OrchestratorTask task) {
    this.task = task;
    task.past().inbound().forEach(this::add);
    task.fresh().forEach(this::add);
    task.past().actions().values().stream()
        .sorted(Comparator.comparingInt(Action::taskId))
        .forEach(this::add);
  }

  /** Of a call, only the attempt that has succeeded, or else the last, stands for it. */
  private void add(Action action) {
    if (action instanceof TimerCanceled) {
      return;
    }
    List<Action> alike = unmatched.computeIfAbsent(Alike.of(action), any -> new ArrayList<>());
    if (action instanceof Call attempt) {
      int callId = attempt.call().callId();
      places.putIfAbsent(callId, attempt.taskId());
      alike.removeIf(old -> old instanceof Call before && before.call().callId() == callId);
    }
    alike.add(action);
  }

  private List<Action> alike(Action action) {
    return unmatched.getOrDefault(Alike.of(action), List.of());
  }

  /** What actions have in common of which one may stand for the other. */
  private record Alike(
      Class<?> type, @Nullable String name, @Nullable Object content, @Nullable String target) {

    static Alike of(Action action) {
      if (action instanceof Call call) {
        return new Alike(action.getClass(), call.name(), call.input(), null);
      } else if (action instanceof TimerCreated timer) {
        return new Alike(TimerCreated.class, null, timer.fireAt(), null);
      } else if (action instanceof EventSent sent) {
        return new Alike(EventSent.class, sent.name(), sent.payload(), sent.instanceId());
      } else if (action instanceof EntityOperationCalled call) {
        return new Alike(action.getClass(), call.operation(), call.input(), call.entityId());
      } else if (action instanceof EntityOperationSignaled signal) {
        return new Alike(action.getClass(), signal.operation(), signal.input(), signal.entityId());
      }
      return new Alike(action.getClass(), null, action.taskId(), null);
    }
  }

  private void add(HistoryEvent event) {
    if (event instanceof Completion completion) {
      if (isSuccess(completion)) {
        successes.put(completion.taskId(), completion);
        ahead.add(event);
      }
    } else if (!(event instanceof ExecutionFailed
        || event instanceof ExecutionSuspended
        || event instanceof ExecutionResumed)) {
      ahead.add(event);
    }
  }

  private static boolean isSuccess(Completion completion) {
    return completion instanceof TaskCompleted
        || completion instanceof SubOrchestrationInstanceCompleted
        || completion instanceof EntityOperationCompleted
        || completion instanceof TimerFired
        || completion instanceof EventDelivered;
  }

  // ---- what is taken in

  @Override
  public @Nullable HistoryEvent next() {
    HistoryEvent event = nextEarly();
    while (event == null && !ahead.isEmpty()) {
      event = ahead.remove();
      if (event instanceof Completion completion) {
        event = answer(completion);
        if (event == null) {
          early.add(completion);
        }
      }
    }
    if (event != null) {
      taken.add(event);
    }
    return event;
  }

  private @Nullable HistoryEvent nextEarly() {
    for (Completion completion : early) {
      Completion answer = answer(completion);
      if (answer != null) {
        early.remove(completion);
        return answer;
      }
    }
    return null;
  }

  /** As the answer to the new task; null if that has not been called. */
  private @Nullable Completion answer(Completion completion) {
    Integer newId = newIds.get(completion.taskId());
    if (newId == null) {
      return null;
    }
    answered.add(newId);
    if (completion instanceof TaskCompleted done) {
      return new TaskCompleted(newId, done.result());
    } else if (completion instanceof SubOrchestrationInstanceCompleted done) {
      return new SubOrchestrationInstanceCompleted(newId, done.result());
    } else if (completion instanceof EntityOperationCompleted done) {
      return new EntityOperationCompleted(newId, done.result());
    } else if (completion instanceof TimerFired fired) {
      return new TimerFired(newId, fired.fireAt());
    }
    return new EventDelivered(newId);
  }

  /** Without answers, whose calls have not been made. */
  @Override
  public List<HistoryEvent> rest() {
    List<HistoryEvent> rest =
        ahead.stream().filter(event -> !(event instanceof Completion)).toList();
    ahead.stream()
        .filter(Completion.class::isInstance)
        .map(Completion.class::cast)
        .forEach(early::add);
    ahead.clear();
    taken.addAll(rest);
    return rest;
  }

  // ---- what is decided

  @Override
  public boolean hasAnswerAtThisPlace(Action wanted) {
    return match(wanted)
        .filter(old -> place(old) == wanted.taskId() && successes.containsKey(old.taskId()))
        .isPresent();
  }

  @Override
  public boolean hasFired(Instant fireAt) {
    return alike(new TimerCreated(0, fireAt)).stream()
        .anyMatch(old -> successes.containsKey(old.taskId()));
  }

  @Override
  public Optional<CallKept> decided(Action action) {
    Optional<Action> match = match(action);
    match.ifPresent(
        old -> {
          alike(old).remove(old);
          newIds.put(old.taskId(), action.taskId());
          if (old instanceof EntityOperationSignaled) {
            answered.add(action.taskId()); // it was sent, and wants no answer
          }
        });
    return match.filter(Call.class::isInstance).map(Call.class::cast).map(CallKept::of);
  }

  /**
   * As long as the code goes the same way as before, calls have the same numbers. After that, what
   * has a result counts before what has none.
   */
  private Optional<Action> match(Action action) {
    Comparator<Action> order =
        Comparator.<Action, Boolean>comparing(old -> place(old) != action.taskId())
            .thenComparing(old -> !successes.containsKey(old.taskId()));
    return alike(action).stream().min(order);
  }

  private int place(Action old) {
    return old instanceof Call attempt
        ? places.getOrDefault(attempt.call().callId(), old.taskId())
        : old.taskId();
  }

  // ---- what becomes of it

  /**
   * The new history up to the decisions. Results whose calls were not made are kept for later, and
   * so is what is known of other calls.
   */
  Rerun rerun(List<CallKept> keptCalls) {
    rest();
    takeUnawaited();
    List<HistoryEvent> events = new ArrayList<>(taken);
    events.addAll(task.past().keptResults());
    early.forEach(completion -> kept(completion).ifPresent(events::add));
    leftSignals().map(KeptAnswers::sent).forEach(events::add);
    events.addAll(keptCalls);
    unmatched.values().stream()
        .flatMap(List::stream)
        .filter(old -> old instanceof Call && !successes.containsKey(old.taskId()))
        .sorted(Comparator.comparingInt(Action::taskId))
        .forEach(old -> events.add(CallKept.of((Call) old)));
    return new Rerun(events, answered);
  }

  private Stream<EntityOperationSignaled> leftSignals() {
    return unmatched.values().stream()
        .flatMap(List::stream)
        .filter(EntityOperationSignaled.class::isInstance)
        .map(EntityOperationSignaled.class::cast)
        .sorted(Comparator.comparingInt(Action::taskId));
  }

  private static ResultKept sent(EntityOperationSignaled signal) {
    return new ResultKept(false, ResultKept.nameOf(signal), signal.input(), null);
  }

  /** Answers to calls that were made, but not waited for before the end. */
  private void takeUnawaited() {
    HistoryEvent event = nextEarly();
    while (event != null) {
      taken.add(event);
      event = nextEarly();
    }
  }

  private Optional<ResultKept> kept(Completion completion) {
    Action call = task.past().actions().get(completion.taskId());
    if (completion instanceof TaskCompleted done && call instanceof TaskScheduled activity) {
      return Optional.of(new ResultKept(false, activity.name(), activity.input(), done.result()));
    } else if (completion instanceof SubOrchestrationInstanceCompleted done
        && call instanceof SubOrchestrationInstanceCreated child) {
      return Optional.of(new ResultKept(true, child.name(), child.input(), done.result()));
    } else if (completion instanceof EntityOperationCompleted done
        && call instanceof EntityOperationCalled operation) {
      return Optional.of(
          new ResultKept(false, ResultKept.nameOf(operation), operation.input(), done.result()));
    }
    return Optional.empty();
  }
}
