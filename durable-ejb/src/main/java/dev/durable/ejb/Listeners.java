package dev.durable.ejb;

import dev.durable.EntityId;
import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.cluster.WatchdogReport;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.FunctionKey;
import dev.durable.core.store.Lease;
import dev.durable.core.worker.TaskHubListener;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells several; one that throws does not keep the news from the others. */
record Listeners(List<TaskHubListener> all) implements TaskHubListener {

  private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

  private void tell(Consumer<TaskHubListener> what) {
    for (TaskHubListener listener : all) {
      try {
        what.accept(listener);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "DUR-1008: A listener of the engine failed: " + listener, e);
      }
    }
  }

  @Override
  public void instanceStarted(InstanceRef instance, String name) {
    tell(listener -> listener.instanceStarted(instance, name));
  }

  @Override
  public void instanceCompleted(InstanceRef instance, String name, @Nullable String output) {
    tell(listener -> listener.instanceCompleted(instance, name, output));
  }

  @Override
  public void instanceFinished(InstanceRef instance, String name, RuntimeStatus status) {
    tell(listener -> listener.instanceFinished(instance, name, status));
  }

  @Override
  public void messagesDropped(InstanceRef instance, int count) {
    tell(listener -> listener.messagesDropped(instance, count));
  }

  @Override
  public void activityFinished(ActivityTask task, Completion completion) {
    tell(listener -> listener.activityFinished(task, completion));
  }

  @Override
  public void operationFinished(
      EntityId entity, String operation, boolean signal, @Nullable FailureDetails failure) {
    tell(listener -> listener.operationFinished(entity, operation, signal, failure));
  }

  @Override
  public void entityBatchFinished(EntityId entity, int operations) {
    tell(listener -> listener.entityBatchFinished(entity, operations));
  }

  @Override
  public void commitFenced(Lease lease) {
    tell(listener -> listener.commitFenced(lease));
  }

  @Override
  public void leaseLost(Lease lease) {
    tell(listener -> listener.leaseLost(lease));
  }

  @Override
  public void workReleased(Lease lease, Throwable reason, Instant claimableFrom) {
    tell(listener -> listener.workReleased(lease, reason, claimableFrom));
  }

  @Override
  public void instanceBlocked(
      InstanceRef instance, String name, FailureDetails reason, Instant until) {
    tell(listener -> listener.instanceBlocked(instance, name, reason, until));
  }

  @Override
  public void historyLong(InstanceRef instance, String name, int events) {
    tell(listener -> listener.historyLong(instance, name, events));
  }

  @Override
  public void storeFailed(String what, Throwable reason) {
    tell(listener -> listener.storeFailed(what, reason));
  }

  @Override
  public void leftToOthers(FunctionKey code, String node) {
    tell(listener -> listener.leftToOthers(code, node));
  }

  @Override
  public void activityLeftToOthers(String activity, String node) {
    tell(listener -> listener.activityLeftToOthers(activity, node));
  }

  @Override
  public void nodeDraining(boolean draining) {
    tell(listener -> listener.nodeDraining(draining));
  }

  @Override
  public void abandonedReleased(int leases) {
    tell(listener -> listener.abandonedReleased(leases));
  }

  @Override
  public void watchdogFound(WatchdogReport all, WatchdogReport fresh) {
    tell(listener -> listener.watchdogFound(all, fresh));
  }
}
