package dev.durable.core.replay;

import dev.durable.NonDeterminismException;
import dev.durable.PayloadException;
import dev.durable.TaskFailedException;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.Call;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EntityOperationCompleted;
import dev.durable.core.history.HistoryEvent.EntityOperationFailed;
import dev.durable.core.history.HistoryEvent.EntityOperationSignaled;
import dev.durable.core.history.HistoryEvent.EntityUnlockSent;
import dev.durable.core.history.HistoryEvent.EventNotDelivered;
import dev.durable.core.history.HistoryEvent.EventSent;
import dev.durable.core.history.HistoryEvent.ResultKept;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCompleted;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceFailed;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.history.HistoryEvent.TimerCanceled;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.spi.Payloads;
import dev.durable.core.store.EntityDelivery;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Task ids, and who is told of each task's answer. */
final class OpenTasks {

  private final ReplayRun run;
  private final HistoryPlayer player;
  private final Payloads payloads;
  private final Map<Integer, Consumer<Completion>> waiting = new HashMap<>();
  private final Set<Integer> canceledTimers = new HashSet<>();
  private int taskIds;

  OpenTasks(ReplayRun run, HistoryPlayer player, Payloads payloads) {
    this.run = run;
    this.player = player;
    this.payloads = payloads;
  }

  /** How many task ids have been given. */
  int taskIds() {
    return taskIds;
  }

  int nextTaskId() {
    return taskIds++;
  }

  /** An activity or a sub-orchestration. */
  <R extends @Nullable Object> CallTask<R> call(Call wanted, String name, Type resultType) {
    Optional<ResultKept> kept = player.keptResult(wanted);
    if (kept.isPresent()) {
      CallTask<R> done = new CallTask<>(run, name, wanted);
      complete(done, name, resultType, kept.get().payload());
      return done;
    }
    Call action = (Call) decide(wanted);
    CallTask<R> task = new CallTask<>(run, name, action);
    waiting.put(action.taskId(), completion -> answer(task, name, resultType, completion));
    return task;
  }

  /** An operation of an entity. */
  <R extends @Nullable Object> DurableTask<R> call(EntityOperationCalled wanted, Type resultType) {
    String name = wanted.operation() + " of entity " + EntityDelivery.entity(wanted.entityId());
    DurableTask<R> task = new DurableTask<>(run, "The operation " + name);
    Optional<ResultKept> kept = player.keptResult(wanted);
    if (kept.isPresent()) {
      complete(task, name, resultType, kept.get().payload());
      return task;
    }
    waiting.put(
        decide(wanted).taskId(),
        answer -> {
          if (answer instanceof EntityOperationFailed failed) {
            task.fail(new TaskFailedException(failed.taskId(), name, failed.failure()));
          } else if (answer instanceof EntityOperationCompleted done) {
            complete(task, name, resultType, done.result());
          }
        });
    return task;
  }

  /** A signal, unless it was sent before the execution was rewound. */
  void signal(EntityOperationSignaled wanted) {
    if (!player.wasSent(wanted)) {
      decide(wanted);
    }
  }

  /** A lock; its task is done when it is granted. */
  DurableTask<@Nullable Void> lock(EntityLockRequested wanted) {
    DurableTask<@Nullable Void> task = new DurableTask<>(run, "The locking of entities");
    waiting.put(
        decide(wanted).taskId(),
        answer -> {
          if (answer instanceof EntityOperationFailed refused) {
            task.fail(
                new TaskFailedException(
                    refused.taskId(), "the locking of entities", refused.failure()));
          } else {
            task.complete(null);
          }
        });
    return task;
  }

  void unlock(EntityUnlockSent wanted) {
    decide(wanted);
  }

  /** An event to another instance. */
  DurableTask<@Nullable Void> send(EventSent wanted) {
    EventSent counts = (EventSent) decide(wanted);
    DurableTask<@Nullable Void> task =
        new DurableTask<>(
            run, "The sending of event " + counts.name() + " to " + counts.instanceId());
    waiting.put(
        counts.taskId(),
        answer -> {
          if (answer instanceof EventNotDelivered refused) {
            task.fail(new TaskFailedException(refused.taskId(), counts.name(), refused.failure()));
          } else {
            task.complete(null);
          }
        });
    return task;
  }

  ReplayTimer timer(TimerCreated wanted) {
    TimerCreated counts = (TimerCreated) decide(wanted);
    ReplayTimer timer = new ReplayTimer(run, counts.taskId(), counts.fireAt());
    waiting.put(counts.taskId(), fired -> timer.complete(null));
    return timer;
  }

  void cancelTimer(int taskId) {
    waiting.remove(taskId);
    canceledTimers.add(taskId);
    try {
      player.decide(new TimerCanceled(taskId));
    } catch (NonDeterminismException e) {
      throw run.drifted(e);
    }
  }

  private Action decide(Action action) {
    try {
      return player.decide(action);
    } catch (NonDeterminismException e) {
      throw run.drifted(e);
    }
  }

  /**
   * The answer to a task. One that nobody waits for is of a timer that was cancelled in the same
   * episode. Any other means that the code now makes the call later than it did: it would wait for
   * an answer that has gone by.
   */
  void answer(Completion completion) {
    Consumer<Completion> receiver = waiting.remove(completion.taskId());
    if (receiver != null) {
      receiver.accept(completion);
    } else if (!canceledTimers.contains(completion.taskId())) {
      throw run.drifted(player.answeredTooEarly(completion.taskId()));
    }
  }

  private <R extends @Nullable Object> void answer(
      CallTask<R> task, String name, Type resultType, Completion completion) {
    if (completion instanceof TaskCompleted done) {
      complete(task, name, resultType, done.result());
    } else if (completion instanceof SubOrchestrationInstanceCompleted done) {
      complete(task, name, resultType, done.result());
    } else if (completion instanceof TaskFailed failed) {
      task.fail(
          new TaskFailedException(failed.taskId(), name, failed.failure()), failed.progress());
    } else if (completion instanceof SubOrchestrationInstanceFailed failed) {
      task.fail(new TaskFailedException(failed.taskId(), name, failed.failure()));
    }
  }

  @SuppressWarnings("unchecked") // read as that type
  private <R extends @Nullable Object> void complete(
      DurableTask<R> task, String name, Type resultType, @Nullable String json) {
    try {
      task.complete((R) payloads.read(json, resultType, "the result of " + name));
    } catch (PayloadException e) {
      task.fail(e);
    }
  }
}
