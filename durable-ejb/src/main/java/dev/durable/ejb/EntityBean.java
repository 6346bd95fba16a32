package dev.durable.ejb;

import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.EntityOperations.Declared;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.CreationException;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An entity of the application. Each opened state is a bean of its own, with what it has injected,
 * all interceptors, and the class loader of its archive; each call has a request context. What the
 * user's methods throw arrives as it was thrown, errors included.
 */
final class EntityBean implements EntityFunction {

  private final DeclaredEntity entity;
  private final EntityState state;
  private final BeanManager beans;
  private final RequestScope requestScope;
  private final Map<String, Declared> operations = new TreeMap<>();

  EntityBean(
      DeclaredEntity entity, EntityState state, BeanManager beans, RequestScope requestScope) {
    this.entity = entity;
    this.state = state;
    this.beans = beans;
    this.requestScope = requestScope;
    entity
        .operations()
        .forEach(
            (name, operation) -> {
              Method method = operation.method();
              method.setAccessible(true); // classes need not be public
              operations.put(
                  name,
                  new Declared(
                      method.getParameterCount() == 0 ? null : method.getGenericParameterTypes()[0],
                      operation.transactional()));
            });
    if (entity.initialState() != null) {
      entity.initialState().setAccessible(true);
    }
  }

  /** The durable name. */
  String name() {
    return entity.name();
  }

  @Override
  public Map<String, Declared> operations() {
    return Map.copyOf(operations);
  }

  @Override
  public Opened open(@Nullable String json) throws Throwable {
    CreationalContext<?> context = beans.createCreationalContext(entity.bean());
    try {
      return new OpenedBean(
          context, Objects.requireNonNull(call(() -> object(json, context)), "a bean is there"));
    } catch (Throwable e) {
      context.release();
      throw e;
    }
  }

  private Object object(@Nullable String json, CreationalContext<?> context) throws Throwable {
    Object object;
    try {
      object = beans.getReference(entity.bean(), entity.type(), context);
    } catch (CreationException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
    if (json != null) {
      state.read(json, object);
    } else if (entity.initialState() != null) {
      invoke(object, entity.initialState());
    }
    return object;
  }

  private @Nullable Object call(InArchive.Call<@Nullable Object> call) throws Throwable {
    return InArchive.of(entity.bean(), () -> requestScope.call(call::call));
  }

  private static @Nullable Object invoke(
      Object object, Method method, @Nullable Object... arguments) throws Throwable {
    try {
      return method.invoke(object, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private final class OpenedBean implements Opened {

    private final CreationalContext<?> context;
    private final Object object;

    OpenedBean(CreationalContext<?> context, Object object) {
      this.context = context;
      this.object = object;
    }

    @Override
    public @Nullable Object invoke(String operation, @Nullable Object input) throws Throwable {
      Method method =
          Objects.requireNonNull(entity.operations().get(operation), "asked before").method();
      return call(
          () ->
              method.getParameterCount() == 0
                  ? EntityBean.invoke(object, method)
                  : EntityBean.invoke(object, method, input));
    }

    @Override
    public String state() {
      return state.write(object);
    }

    @Override
    public void close() {
      context.release();
    }
  }
}
