package dev.durable.core.testing;

import dev.durable.Activity;
import dev.durable.EntityId;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.core.spi.ActivityFunction;
import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.OrchestratorFunction;
import dev.durable.core.spi.ResolvedFunction;
import dev.durable.core.spi.Versions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Functions from lambdas and from annotated objects. Later ones replace earlier ones of the same
 * name, like a redeployment.
 */
public final class TestFunctions implements FunctionRegistry {

  /** An orchestrator without input. */
  @FunctionalInterface
  public interface OrchestratorBody {
    @Nullable Object run(OrchestrationContext ctx) throws Throwable;
  }

  /** An orchestrator with input. */
  @FunctionalInterface
  public interface OrchestratorBodyWithInput<I> {
    @Nullable Object run(OrchestrationContext ctx, I input) throws Throwable;
  }

  /** An activity with input. */
  @FunctionalInterface
  public interface ActivityBody<I> {
    @Nullable Object run(I input) throws Throwable;
  }

  private record OrchestratorLambda(
      @Nullable String version,
      @Nullable Type inputType,
      OrchestratorBodyWithInput<@Nullable Object> body)
      implements OrchestratorFunction {
    @Override
    public @Nullable Object invoke(OrchestrationContext context, @Nullable Object input)
        throws Throwable {
      return body.run(context, input);
    }
  }

  private record ActivityLambda(
      @Nullable Type inputType, ActivityBody<@Nullable Object> body, boolean atMostOnce)
      implements ActivityFunction {
    @Override
    public @Nullable Object invoke(@Nullable Object input) throws Throwable {
      return body.run(input);
    }
  }

  private final Map<String, SortedMap<@Nullable String, OrchestratorFunction>> orchestrators =
      new ConcurrentHashMap<>();
  private final Map<String, EntityFunction> entities = new ConcurrentHashMap<>();
  private final Map<String, ActivityFunction> activities = new ConcurrentHashMap<>();

  public TestFunctions orchestrator(String name, OrchestratorBody body) {
    return orchestrator(name, (String) null, body);
  }

  /** One of several versions of that name. */
  public TestFunctions orchestrator(String name, @Nullable String version, OrchestratorBody body) {
    return put(name, new OrchestratorLambda(version, null, (ctx, none) -> body.run(ctx)));
  }

  private TestFunctions put(String name, OrchestratorFunction function) {
    orchestrators
        .computeIfAbsent(
            name, any -> Collections.synchronizedSortedMap(new TreeMap<>(Versions.ORDER)))
        .put(function.version(), function);
    return this;
  }

  @SuppressWarnings("unchecked") // the engine reads the input as that type
  public <I> TestFunctions orchestrator(
      String name, Class<I> inputType, OrchestratorBodyWithInput<I> body) {
    return put(
        name, new OrchestratorLambda(null, inputType, (ctx, input) -> body.run(ctx, (I) input)));
  }

  /** One of several versions of that name. */
  @SuppressWarnings("unchecked") // the engine reads the input as that type
  public <I> TestFunctions orchestrator(
      String name,
      @Nullable String version,
      Class<I> inputType,
      OrchestratorBodyWithInput<I> body) {
    return put(
        name, new OrchestratorLambda(version, inputType, (ctx, input) -> body.run(ctx, (I) input)));
  }

  @SuppressWarnings("unchecked") // the engine reads the input as that type
  public <I> TestFunctions activity(String name, Class<I> inputType, ActivityBody<I> body) {
    activities.put(name, new ActivityLambda(inputType, input -> body.run((I) input), false));
    return this;
  }

  public TestFunctions activity(String name, Callable<?> body) {
    activities.put(name, new ActivityLambda(null, none -> body.call(), false));
    return this;
  }

  /** One that must not be begun twice. */
  public TestFunctions activityAtMostOnce(String name, Callable<?> body) {
    activities.put(name, new ActivityLambda(null, none -> body.call(), true));
    return this;
  }

  /** One that must not be begun twice. */
  @SuppressWarnings("unchecked") // the engine reads the input as that type
  public <I> TestFunctions activityAtMostOnce(
      String name, Class<I> inputType, ActivityBody<I> body) {
    activities.put(name, new ActivityLambda(inputType, input -> body.run((I) input), true));
    return this;
  }

  /** All annotated methods of an object. */
  public TestFunctions bean(Object bean) {
    for (Method method : bean.getClass().getDeclaredMethods()) {
      Type[] parameters = method.getGenericParameterTypes();
      Orchestrator orchestrator = method.getAnnotation(Orchestrator.class);
      if (orchestrator != null) {
        boolean takesInput = parameters.length == 2;
        put(
            ResolvedFunction.nameOf(orchestrator.value(), method),
            new OrchestratorLambda(
                orchestrator.version().isEmpty() ? null : orchestrator.version(),
                takesInput ? parameters[1] : null,
                (ctx, input) ->
                    takesInput ? call(method, bean, ctx, input) : call(method, bean, ctx)));
      }
      Activity activity = method.getAnnotation(Activity.class);
      if (activity != null) {
        boolean takesInput = parameters.length == 1;
        activities.put(
            ResolvedFunction.nameOf(activity.value(), method),
            new ActivityLambda(
                takesInput ? parameters[0] : null,
                input -> takesInput ? call(method, bean, input) : call(method, bean),
                activity.atMostOnce()));
      }
    }
    return this;
  }

  /** A class with {@code @DurableEntity}. */
  public TestFunctions entity(Class<?> type) {
    entities.put(EntityId.nameOf(type), new TestEntity(type));
    return this;
  }

  /** Any other entity. */
  public TestFunctions entity(String name, EntityFunction function) {
    entities.put(name, function);
    return this;
  }

  /** Takes one version of an orchestrator away, like a redeployment. */
  public TestFunctions without(String name, @Nullable String version) {
    orchestrators.get(name).remove(version);
    return this;
  }

  /** Takes functions away, like a redeployment. */
  public TestFunctions without(String name) {
    orchestrators.remove(name);
    activities.remove(name);
    entities.remove(name);
    return this;
  }

  private static @Nullable Object call(Method method, Object bean, @Nullable Object... arguments)
      throws Throwable {
    try {
      method.setAccessible(true);
      return method.invoke(bean, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public List<OrchestratorFunction> orchestrators(String name) {
    return List.copyOf(orchestrators.getOrDefault(name, Collections.emptySortedMap()).values());
  }

  @Override
  public Optional<ActivityFunction> activity(String name) {
    return Optional.ofNullable(activities.get(name));
  }

  @Override
  public Set<String> orchestratorNames() {
    return Set.copyOf(orchestrators.keySet());
  }

  @Override
  public Set<String> activityNames() {
    return Set.copyOf(activities.keySet());
  }

  @Override
  public Optional<EntityFunction> entity(String name) {
    return Optional.ofNullable(entities.get(name));
  }

  @Override
  public Set<String> entityNames() {
    return Set.copyOf(entities.keySet());
  }
}
