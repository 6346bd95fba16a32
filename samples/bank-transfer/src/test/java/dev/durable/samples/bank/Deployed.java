package dev.durable.samples.bank;

import dev.durable.EntityContext;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.core.spi.ActivityFunction;
import dev.durable.core.spi.CurrentEntity;
import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.EntityOperations;
import dev.durable.core.spi.EntityOperations.Declared;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.OrchestratorFunction;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyVisibilityStrategy;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions of the sample, as a container finds them. */
final class Deployed implements FunctionRegistry {

  private static final TransferOrchestrations ORCHESTRATIONS = new TransferOrchestrations();

  private static final Map<String, OrchestratorFunction> ORCHESTRATORS =
      Arrays.stream(TransferOrchestrations.class.getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(Orchestrator.class))
          .collect(
              Collectors.toUnmodifiableMap(
                  method -> method.getAnnotation(Orchestrator.class).value(),
                  OrchestratorMethod::new));

  private static final Map<String, Method> OPERATIONS =
      Arrays.stream(Account.class.getMethods())
          .filter(EntityOperations::isOperation)
          .collect(Collectors.toUnmodifiableMap(Method::getName, Function.identity()));

  private static final Map<String, EntityFunction> ENTITIES = Map.of("account", new Accounts());

  private record OrchestratorMethod(Method method) implements OrchestratorFunction {

    @Override
    public Type inputType() {
      return method.getGenericParameterTypes()[1];
    }

    @Override
    public @Nullable Object invoke(OrchestrationContext context, @Nullable Object input)
        throws Throwable {
      return call(method, ORCHESTRATIONS, context, input);
    }
  }

  private static final class Accounts implements EntityFunction {

    /** The fields, but for what is injected. */
    private static final Jsonb STATES =
        JsonbBuilder.create(
            new JsonbConfig()
                .withPropertyVisibilityStrategy(
                    new PropertyVisibilityStrategy() {
                      @Override
                      public boolean isVisible(Field field) {
                        return !field.isAnnotationPresent(Inject.class);
                      }

                      @Override
                      public boolean isVisible(Method method) {
                        return false;
                      }
                    }));

    private static final Object CONTEXT =
        Proxy.newProxyInstance(
            EntityContext.class.getClassLoader(),
            new Class<?>[] {EntityContext.class},
            (proxy, method, arguments) -> call(method, CurrentEntity.get(), arguments));

    @Override
    public Map<String, Declared> operations() {
      return OPERATIONS.values().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  Method::getName,
                  method ->
                      new Declared(
                          method.getParameterCount() == 0
                              ? null
                              : method.getGenericParameterTypes()[0],
                          false)));
    }

    @Override
    public Opened open(@Nullable String state) throws Throwable {
      Account account = state == null ? new Account() : account(state);
      Field context = Account.class.getDeclaredField("context");
      context.setAccessible(true);
      context.set(account, CONTEXT);
      return new Opened() {
        @Override
        public @Nullable Object invoke(String operation, @Nullable Object input) throws Throwable {
          Method method = OPERATIONS.get(operation);
          return method.getParameterCount() == 0
              ? call(method, account)
              : call(method, account, input);
        }

        @Override
        public String state() {
          return STATES.toJson(account);
        }

        @Override
        public void close() {}
      };
    }
  }

  /** An account by its state. */
  static Account account(String state) {
    return Accounts.STATES.fromJson(state, Account.class);
  }

  private static @Nullable Object call(
      Method method, Object target, @Nullable Object @Nullable ... arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public List<OrchestratorFunction> orchestrators(String name) {
    return ORCHESTRATORS.containsKey(name) ? List.of(ORCHESTRATORS.get(name)) : List.of();
  }

  @Override
  public Optional<ActivityFunction> activity(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<EntityFunction> entity(String name) {
    return Optional.ofNullable(ENTITIES.get(name));
  }

  @Override
  public Set<String> entityNames() {
    return ENTITIES.keySet();
  }

  @Override
  public Set<String> orchestratorNames() {
    return ORCHESTRATORS.keySet();
  }

  @Override
  public Set<String> activityNames() {
    return Set.of();
  }
}
