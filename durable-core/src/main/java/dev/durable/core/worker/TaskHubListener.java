package dev.durable.core.worker;

import dev.durable.EntityId;
import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.cluster.WatchdogReport;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.spi.Names;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.FunctionKey;
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

  /** An instance completed with that result, as JSON; told before {@link #instanceFinished}. */
  default void instanceCompleted(InstanceRef instance, String name, @Nullable String output) {}

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
   * A lease was given up: it was not renewed in time, or it was missing at two renewals in a row.
   * Somebody else may have the work soon, or now, or its instance was terminated.
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
   * From now on this node does not claim instances that need that code: it does not have it, and
   * another node does. Told again only if it was lifted in between, because no other node had it.
   *
   * @param node one that has it
   */
  default void leftToOthers(FunctionKey code, String node) {}

  /** The same for an activity. */
  default void activityLeftToOthers(String activity, String node) {}

  /** This node claims nothing more, or claims again, because operators want it so. */
  default void nodeDraining(boolean draining) {}

  /** So many leases were given back whose nodes are not there any more. */
  default void abandonedReleased(int leases) {}

  /**
   * What does not go on by itself, after each look.
   *
   * @param all what was found, perhaps nothing
   * @param fresh what of it was not found by the look before, or not so
   */
  default void watchdogFound(WatchdogReport all, WatchdogReport fresh) {}

  /**
   * The store failed; what was tried is tried again by itself. {@code what} says what was tried.
   */
  default void storeFailed(String what, Throwable reason) {}
}
