package dev.durable.core.worker;

import dev.durable.ActivityCancelledException;
import dev.durable.ActivityContext;
import dev.durable.core.spi.Payloads;
import dev.durable.core.store.ActivityTask;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An activity's view of its delivery. */
final class InvokedActivity implements ActivityContext {

  private final ActivityExecution execution;
  private final ActivityTask task;
  private final Payloads payloads;

  InvokedActivity(ActivityExecution execution, Payloads payloads) {
    this.execution = execution;
    this.task = execution.item().task();
    this.payloads = payloads;
  }

  @Override
  public String instanceId() {
    return task.instance().id();
  }

  @Override
  public String executionId() {
    return task.executionId();
  }

  @Override
  public String name() {
    return task.name();
  }

  @Override
  public int attempt() {
    return task.call().attempt();
  }

  @Override
  public int delivery() {
    return execution.item().attempt();
  }

  @Override
  public String idempotencyKey() {
    return task.idempotencyKey();
  }

  @Override
  public Optional<Instant> deadline() {
    return execution.deadline();
  }

  @Override
  public void heartbeat(@Nullable Object details) {
    execution.heartbeat(payloads.write(details, "the heartbeat of activity " + task.name()));
    checkCancelled();
  }

  @Override
  @SuppressWarnings("unchecked") // read as that type
  public <T> Optional<T> lastHeartbeat(Class<T> type) {
    return Optional.ofNullable(
        (T)
            payloads.read(
                task.call().progress(), type, "the last heartbeat of activity " + task.name()));
  }

  @Override
  public boolean isCancelled() {
    return execution.cancellation().isPresent();
  }

  @Override
  public void checkCancelled() {
    execution
        .cancellation()
        .ifPresent(
            reason -> {
              throw new ActivityCancelledException(
                  "The activity "
                      + task.name()
                      + " of instance "
                      + task.instance().id()
                      + " is cancelled: "
                      + reason
                      + ". Its result will be ignored.");
            });
  }
}
