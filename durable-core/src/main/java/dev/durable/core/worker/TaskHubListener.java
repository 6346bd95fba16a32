package dev.durable.core.worker;

import dev.durable.EntityId;
import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.spi.Names;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Lease;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Told of what happened on this node, for logs, metrics and waiting clients. Called on the engine's
 * paths: must be quick and must not throw. Each method is called after the fact, so what it tells
 * is stored; a crash before the call loses the call, not the fact.
 */
public interface TaskHubListener {

  /** An instance's first episode was committed. */
  default void instanceStarted(InstanceRef instance, String name) {}

  /** An instance finished. */
  default void instanceFinished(InstanceRef instance, String name, RuntimeStatus status) {}

  /**
   * Messages came for nothing: duplicates, answers that nobody wanted, anything to a finished
   * instance.
   */
  default void messagesDropped(InstanceRef instance, int count) {}

  /** An activity's result was committed. */
  default void activityFinished(ActivityTask task, Completion completion) {}

  /**
   * What came of an operation of an entity was committed.
   *
   * @param signal whether nobody waits for the answer
   * @param failure null if it did not fail
   */
  default void operationFinished(
      EntityId entity, String operation, boolean signal, @Nullable FailureDetails failure) {}

  /** So many operations of an entity were stored with one commit. */
  default void entityBatchFinished(EntityId entity, int operations) {}

  /**
   * A commit was refused because somebody else has claimed or committed since, because an earlier
   * try was written after all, or because the instance was terminated; nothing of it was written.
   */
  default void commitFenced(Lease lease) {}

  /**
   * A lease could not be renewed twice in a row: somebody else may have the work now, or its
   * instance was terminated.
   */
  default void leaseLost(Lease lease) {}

  /** Work could not be done and was given back; it may be claimed again from that time on. */
  default void workReleased(Lease lease, Throwable reason, Instant claimableFrom) {}

  /**
   * An instance cannot be run for now and is BLOCKED. It is tried again at that time; {@link
   * Names#LATEST_TIME} stands for never, unless it is resumed.
   */
  default void instanceBlocked(
      InstanceRef instance, String name, FailureDetails reason, Instant until) {}

  /**
   * The history of an instance has become as long as {@link TaskHubOptions#historyWarning}; told
   * once in each execution.
   */
  default void historyLong(InstanceRef instance, String name, int events) {}

  /**
   * The store failed; what was tried is tried again by itself. {@code what} says what was tried.
   */
  default void storeFailed(String what, Throwable reason) {}
}
