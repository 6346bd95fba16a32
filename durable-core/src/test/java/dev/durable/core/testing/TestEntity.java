package dev.durable.core.testing;

import dev.durable.InitialState;
import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.EntityOperations;
import dev.durable.core.spi.EntityOperations.Declared;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyVisibilityStrategy;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entity of a class, without a container: its fields are the state. */
final class TestEntity implements EntityFunction {

  private static final Jsonb JSON =
      JsonbBuilder.create(
          new JsonbConfig()
              .withPropertyVisibilityStrategy(
                  new PropertyVisibilityStrategy() {
                    @Override
                    public boolean isVisible(Field field) {
                      return true;
                    }

                    @Override
                    public boolean isVisible(Method method) {
                      return false;
                    }
                  }));

  private final Class<?> type;
  private final Map<String, Method> methods = new HashMap<>();

  TestEntity(Class<?> type) {
    this.type = type;
    for (Method method : type.getMethods()) {
      if (EntityOperations.isOperation(method)) {
        method.setAccessible(true);
        methods.put(method.getName(), method);
      }
    }
  }

  /** One is transactional if its name begins so. */
  @Override
  public Map<String, Declared> operations() {
    Map<String, Declared> operations = new HashMap<>();
    methods.forEach(
        (name, method) ->
            operations.put(
                name,
                new Declared(
                    method.getParameterCount() == 0 ? null : method.getGenericParameterTypes()[0],
                    name.startsWith("transactional"))));
    return operations;
  }

  @Override
  public Opened open(@Nullable String state) throws Throwable {
    Object entity = state == null ? fresh() : JSON.fromJson(state, type);
    return new Opened() {
      @Override
      public @Nullable Object invoke(String operation, @Nullable Object input) throws Throwable {
        Method method = methods.get(operation);
        return method.getParameterCount() == 0 ? call(method, entity) : call(method, entity, input);
      }

      @Override
      public String state() {
        return JSON.toJson(entity, type);
      }

      @Override
      public void close() {}
    };
  }

  private Object fresh() throws Throwable {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object entity = constructor.newInstance();
    for (Method method : type.getDeclaredMethods()) {
      if (method.isAnnotationPresent(InitialState.class)) {
        method.setAccessible(true);
        call(method, entity);
      }
    }
    return entity;
  }

  private static @Nullable Object call(Method method, Object entity, @Nullable Object... arguments)
      throws Throwable {
    try {
      return method.invoke(entity, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public String toString() {
    return type.getSimpleName() + Arrays.toString(methods.keySet().toArray());
  }
}
