package dev.durable.ejb;

import dev.durable.EntityContext;
import dev.durable.EntityId;
import dev.durable.core.spi.CurrentEntity;
import dev.durable.function.FunctionReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What users inject: the context of the operation that runs on the calling thread. */
@ApplicationScoped
class InjectedEntityContext implements EntityContext {

  @Override
  public EntityId entityId() {
    return CurrentEntity.get().entityId();
  }

  @Override
  public String operation() {
    return CurrentEntity.get().operation();
  }

  @Override
  public Optional<String> callerInstanceId() {
    return CurrentEntity.get().callerInstanceId();
  }

  @Override
  public Instant currentInstant() {
    return CurrentEntity.get().currentInstant();
  }

  @Override
  public boolean hasState() {
    return CurrentEntity.get().hasState();
  }

  @Override
  public void deleteState() {
    CurrentEntity.get().deleteState();
  }

  @Override
  public void reply(@Nullable Object result) {
    CurrentEntity.get().reply(result);
  }

  @Override
  public void signalEntity(EntityId entity, String operation, @Nullable Object input) {
    CurrentEntity.get().signalEntity(entity, operation, input);
  }

  @Override
  public void signalEntity(EntityId entity, String operation, @Nullable Object input, Instant at) {
    CurrentEntity.get().signalEntity(entity, operation, input, at);
  }

  @Override
  public void signalOperation(
      EntityId entity, FunctionReference operation, @Nullable Object input, @Nullable Instant at) {
    CurrentEntity.get().signalOperation(entity, operation, input, at);
  }

  @Override
  public String startOrchestration(
      String orchestrator, @Nullable Object input, @Nullable String instanceId) {
    return CurrentEntity.get().startOrchestration(orchestrator, input, instanceId);
  }

  @Override
  public String startOrchestrator(
      FunctionReference orchestrator, @Nullable Object input, @Nullable String instanceId) {
    return CurrentEntity.get().startOrchestrator(orchestrator, input, instanceId);
  }
}
