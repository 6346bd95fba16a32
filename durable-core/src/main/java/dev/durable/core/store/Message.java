package dev.durable.core.store;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.EntityUnlockRequested;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import java.time.Instant;

/**
 * A history event on its way to an instance. A timer is a message that becomes visible later.
 *
 * @param target whose inbox it goes to
 * @param messageId unique in the inbox of its target: while a message of that id lies there,
 *     another one is not taken in. What has left the inbox is recognised by its event, as long as
 *     the history of the present execution holds that: a second answer to a task, or a second event
 *     of the same id, is dropped. Nothing is remembered over continue-as-new: an event that an
 *     execution before has received, and that is sent once more, is delivered once more
 * @param execution the number of the execution it is for; {@link #ANY_EXECUTION} for events and
 *     terminations, which outlive continue-as-new
 * @param event what it says
 * @param visibleAt from when on it may be delivered, by the database's clock
 * @param carried for an event carried over by continue-as-new its place among these, from 1; {@link
 *     #AT_ONCE} for what an entity is to do without delay; 0 for all others
 */
public record Message(
    InstanceRef target,
    String messageId,
    int execution,
    HistoryEvent event,
    Instant visibleAt,
    int carried) {

  /** The {@link #execution()} of a message that is for whatever execution is the present one. */
  public static final int ANY_EXECUTION = 0;

  /** The {@link #carried()} of a message to an entity that is not for a later time. */
  public static final int AT_ONCE = -1;

  /** The id of the message that the terminated parent of an instance sends. */
  public static final String CASCADE_ID = "terminate:parent";

  /**
   * Whether a claim at that time hands it out, if it finds anything visible. Carried-over events
   * were visible before, and must not be overtaken only because the clock of the node that carried
   * them is ahead; nor must what is sent to an entity be overtaken by what the same sender sends
   * after it from a node whose clock is behind.
   */
  public boolean isDeliverable(Instant now) {
    return carried != 0 || !visibleAt.isAfter(now);
  }

  /** The answer to a task of an execution. */
  public static Message answer(
      InstanceRef target, int execution, Completion answer, Instant visibleAt) {
    return new Message(
        target, answerId(execution, answer.taskId()), execution, answer, visibleAt, 0);
  }

  /** The answer to the task that a parent waits for. */
  public static Message answer(ParentTask parent, Completion answer, Instant visibleAt) {
    return answer(parent.instance(), parent.execution(), answer, visibleAt);
  }

  /** The start of an execution. */
  public static Message start(
      InstanceRef target, int execution, ExecutionStarted start, Instant visibleAt) {
    return new Message(target, startId(execution), execution, start, visibleAt, 0);
  }

  /** The message that has a failed execution run again. */
  public static Message rewind(
      InstanceRef target, int execution, ExecutionRewound event, Instant visibleAt) {
    return new Message(target, "rewind:" + execution, execution, event, visibleAt, 0);
  }

  /** The id of the message that starts an execution. */
  public static String startId(int execution) {
    return "start:" + execution;
  }

  /** The message that releases an entity from the lock of that task. */
  public static Message unlock(InstanceRef entity, ParentTask owner, Instant visibleAt) {
    return new Message(
        entity,
        EntityDelivery.unlockId(owner),
        ANY_EXECUTION,
        new EntityUnlockRequested(owner),
        visibleAt,
        AT_ONCE);
  }

  /** The id of the message that answers a task. */
  public static String answerId(int execution, int taskId) {
    return "task:" + execution + ":" + taskId;
  }
}
