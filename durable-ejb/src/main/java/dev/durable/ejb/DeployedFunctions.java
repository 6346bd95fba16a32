package dev.durable.ejb;

import dev.durable.OrchestrationContext;
import dev.durable.PayloadException;
import dev.durable.PayloadException.Problem;
import dev.durable.core.spi.ActivityFunction;
import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.OrchestratorFunction;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions and entities of the application, called as methods of their beans. */
final class DeployedFunctions implements FunctionRegistry {

  private final Map<String, List<OrchestratorFunction>> orchestrators = new TreeMap<>();
  private final Map<String, ActivityFunction> activities = new TreeMap<>();
  private final Map<String, EntityFunction> entities = new TreeMap<>();
  private final Set<String> transactional = new HashSet<>();

  DeployedFunctions(
      Collection<DeclaredFunction> functions,
      Collection<EntityBean> entities,
      BeanManager beans,
      RequestScope requestScope) {
    entities.forEach(entity -> this.entities.put(entity.name(), entity));
    for (DeclaredFunction function : functions) {
      BeanCall call = new BeanCall(function, beans);
      if (function.kind() == FunctionKind.ORCHESTRATOR) {
        orchestrators
            .computeIfAbsent(function.name(), name -> new ArrayList<>())
            .add(new OrchestratorMethod(function, call));
      } else {
        activities.put(function.name(), new ActivityMethod(function, call, requestScope));
      }
      if (function.transactional()) {
        transactional.add(function.name());
      }
    }
  }

  private record OrchestratorMethod(DeclaredFunction function, BeanCall call)
      implements OrchestratorFunction {

    @Override
    public @Nullable Type inputType() {
      return function.inputType();
    }

    @Override
    public @Nullable String version() {
      return function.version();
    }

    @Override
    public boolean bindsThread() {
      return function.intercepted();
    }

    @Override
    public @Nullable Object invoke(OrchestrationContext context, @Nullable Object input)
        throws Throwable {
      return function.inputType() == null
          ? call.invoke(context)
          : call.invoke(context, checked(function, input));
    }
  }

  private record ActivityMethod(DeclaredFunction function, BeanCall call, RequestScope requestScope)
      implements ActivityFunction {

    @Override
    public @Nullable Type inputType() {
      return function.inputType();
    }

    @Override
    public boolean atMostOnce() {
      return function.atMostOnce();
    }

    @Override
    public @Nullable Object invoke(@Nullable Object input) throws Throwable {
      return requestScope.call(
          () ->
              function.inputType() == null ? call.invoke() : call.invoke(checked(function, input)));
    }
  }

  private static @Nullable Object checked(DeclaredFunction function, @Nullable Object input) {
    if (input == null && function.inputType() instanceof Class<?> type && type.isPrimitive()) {
      throw new PayloadException(
          Problem.MISMATCH,
          "The "
              + function.kind().word()
              + " "
              + function.name()
              + " takes a "
              + type
              + ", but its input is null.");
    }
    return input;
  }

  @Override
  public List<OrchestratorFunction> orchestrators(String name) {
    return List.copyOf(orchestrators.getOrDefault(name, List.of()));
  }

  @Override
  public Optional<ActivityFunction> activity(String name) {
    return Optional.ofNullable(activities.get(name));
  }

  @Override
  public Optional<EntityFunction> entity(String name) {
    return Optional.ofNullable(entities.get(name));
  }

  @Override
  public Set<String> entityNames() {
    return Set.copyOf(entities.keySet());
  }

  @Override
  public Set<String> orchestratorNames() {
    return Set.copyOf(orchestrators.keySet());
  }

  @Override
  public Set<String> activityNames() {
    return Set.copyOf(activities.keySet());
  }

  /** Whether the activity is to run in the transaction that also records its completion. */
  boolean isTransactional(String activity) {
    return transactional.contains(activity);
  }
}
