package dev.durable.ejb;

import dev.durable.ActivityContext;
import dev.durable.core.spi.CurrentActivity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What users inject: the context of the activity that runs on the calling thread. */
@ApplicationScoped
class InjectedActivityContext implements ActivityContext {

  @Override
  public String instanceId() {
    return CurrentActivity.get().instanceId();
  }

  @Override
  public String executionId() {
    return CurrentActivity.get().executionId();
  }

  @Override
  public String name() {
    return CurrentActivity.get().name();
  }

  @Override
  public int attempt() {
    return CurrentActivity.get().attempt();
  }

  @Override
  public int delivery() {
    return CurrentActivity.get().delivery();
  }

  @Override
  public String idempotencyKey() {
    return CurrentActivity.get().idempotencyKey();
  }

  @Override
  public Optional<Instant> deadline() {
    return CurrentActivity.get().deadline();
  }

  @Override
  public void heartbeat(@Nullable Object details) {
    CurrentActivity.get().heartbeat(details);
  }

  @Override
  public <T> Optional<T> lastHeartbeat(Class<T> type) {
    return CurrentActivity.get().lastHeartbeat(type);
  }

  @Override
  public boolean isCancelled() {
    return CurrentActivity.get().isCancelled();
  }

  @Override
  public void checkCancelled() {
    CurrentActivity.get().checkCancelled();
  }
}
