package dev.durable.ejb;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Lease;
import dev.durable.core.worker.TaskHubListener;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Tells several. */
record Listeners(List<TaskHubListener> all) implements TaskHubListener {

  private void tell(Consumer<TaskHubListener> what) {
    all.forEach(what);
  }

  @Override
  public void instanceStarted(InstanceRef instance, String name) {
    tell(listener -> listener.instanceStarted(instance, name));
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
  public void storeFailed(String what, Throwable reason) {
    tell(listener -> listener.storeFailed(what, reason));
  }
}
