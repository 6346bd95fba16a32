package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EventSent;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.simulation.Ledger.ActivityKey;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.InMemoryTaskHub.Contents;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What an instance waits for is under way, exactly once; and nothing is under way that it does not
 * wait for.
 */
final class OpenWork {

  private final World world;
  private final Contents now;
  private final WatchedHistory history;
  private final int execution;
  private final Map<Integer, Message> answers = new HashMap<>();
  private final Set<Integer> queued = new HashSet<>();

  OpenWork(World world, Contents now, WatchedHistory history) {
    this.world = world;
    this.now = now;
    this.history = history;
    this.execution = now.execution().number();
    for (InboxMessage message : now.inbox()) {
      if (message.message().event() instanceof Completion completion
          && message.message().execution() == execution) {
        Message before = answers.put(completion.taskId(), message.message());
        require(before == null, "one answer for one task", message);
      }
    }
    for (ActivityTask task : now.tasks()) {
      if (task.execution() == execution) {
        require(queued.add(task.taskId()), "a task is queued once", task);
      }
    }
  }

  void check(Map<String, Contents> all) {
    for (Action action : history.open().values()) {
      Message answer = answers.get(action.taskId());
      if (action instanceof TaskScheduled) {
        require(
            queued.contains(action.taskId()) != (answer != null),
            "an open activity is queued, or its answer waits",
            action);
      } else if (action instanceof TimerCreated timer) {
        require(
            answer != null && !answer.visibleAt().isBefore(timer.fireAt()),
            "an open timer has its message",
            action);
      } else if (action instanceof EntityOperationCalled call) {
        String id = EntityDelivery.operationId(task(action));
        require(
            world.entities().isPending(call.entityId(), id) != (answer != null),
            "an open operation is in an inbox, or its answer waits",
            action);
      } else if (action instanceof EntityLockRequested) {
        String id = EntityDelivery.lockId(task(action));
        require(
            world.entities().isPending(id) != (answer != null),
            "a lock that is asked for is on its way, or granted",
            action);
      } else if (action instanceof EventSent) {
        require(answer != null, "the sender of an event knows at once what became of it", action);
      } else if (action instanceof SubOrchestrationInstanceCreated child) {
        require(
            isAwaited(child, all) ? answer == null || isRewound(child, all) : answer != null,
            "an open child is on its way, or its answer waits",
            action);
      }
    }
    queued.forEach(
        task ->
            require(
                history.open().get(task) instanceof TaskScheduled, "a queued task is open", task));
    history
        .canceledTimers()
        .forEach(timer -> require(!answers.containsKey(timer), "a cancelled timer is gone", timer));
    require(
        now.heldTasks() == (history.isSuspended() ? now.tasks().size() : 0),
        "activities are held while, and only while, their instance is suspended",
        now.heldTasks());
    checkBusinessWrites();
  }

  private ParentTask task(Action action) {
    InstanceRef self =
        Objects.requireNonNull(world.ledger().ref(now.status().instanceId()), "it has run");
    return new ParentTask(self, execution, action.taskId());
  }

  private boolean isAwaited(SubOrchestrationInstanceCreated call, Map<String, Contents> all) {
    Contents child = all.get(call.instanceId());
    ParentTask parent = child == null ? null : child.execution().parent();
    return child != null
        && parent != null
        && !child.execution().status().isFinished()
        && parent.instance().equals(world.ledger().ref(now.status().instanceId()))
        && parent.execution() == execution
        && parent.taskId() == call.taskId();
  }

  /** One that had failed and was rewound runs although its failure is under way. */
  private boolean isRewound(SubOrchestrationInstanceCreated call, Map<String, Contents> all) {
    String input = String.valueOf(all.get(call.instanceId()).status().input());
    return world.ledger().isRewound(ScriptInput.ofJson(input));
  }

  /** A transactional activity has written once if, and only if, its result is stored. */
  private void checkBusinessWrites() {
    for (Integer task : history.transactionalTasks()) {
      Completion recorded = history.answers().get(task);
      Message waiting = answers.get(task);
      boolean completed =
          recorded instanceof TaskCompleted
              || (waiting != null && waiting.event() instanceof TaskCompleted);
      InstanceRef self =
          Objects.requireNonNull(world.ledger().ref(now.status().instanceId()), "it has run");
      ActivityKey key = new ActivityKey(self, execution, task);
      require(
          world.ledger().businessWrites(key) == (completed ? 1 : 0),
          "a business write is there exactly when the result is",
          key);
    }
  }

  private void require(boolean holds, String what, Object detail) {
    if (!holds) {
      throw world.violated(what + ": " + detail + " of " + now, null);
    }
  }
}
