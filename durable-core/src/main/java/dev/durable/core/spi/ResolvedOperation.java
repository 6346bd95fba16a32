package dev.durable.core.spi;

import dev.durable.DurableEntity;
import dev.durable.EntityId;
import dev.durable.function.FunctionReference;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The operation of an entity that a method reference means.
 *
 * @param entity the durable name of the entity
 * @param name that of the operation
 * @param resultType what its result is read as; {@code void} for none
 */
public record ResolvedOperation(String entity, String name, Type resultType) {

  // Kept with the class that the JVM made for the method reference, so it is unloaded with the
  // application.
  private static final ClassValue<Cell> RESOLVED =
      new ClassValue<>() {
        @Override
        protected Cell computeValue(Class<?> type) {
          return new Cell();
        }
      };

  private static final class Cell {
    private volatile @Nullable ResolvedOperation operation;
  }

  /**
   * The operation that the reference means.
   *
   * @throws IllegalArgumentException if it means anything else, or the entity is one of another
   *     class
   */
  public static ResolvedOperation of(FunctionReference reference, EntityId id) {
    Cell cell = RESOLVED.get(reference.getClass());
    ResolvedOperation known = cell.operation;
    if (known == null) {
      known = resolve(reference);
      cell.operation = known;
    }
    if (!known.entity.equals(id.name())) {
      throw new IllegalArgumentException(
          known.name + " is an operation of " + known.entity + ", which " + id + " is not.");
    }
    return known;
  }

  private static ResolvedOperation resolve(FunctionReference reference) {
    SerializedLambda lambda = MethodReferences.serialized(reference);
    if (!MethodReferences.isToInstanceMethod(lambda)) {
      throw notAnOperation("a lambda expression or a reference to a static method or constructor");
    }
    ClassLoader loader = reference.getClass().getClassLoader();
    Class<?> entity =
        MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), loader)
            .parameterType(0);
    Method method = MethodReferences.target(lambda, loader);
    if (!entity.isAnnotationPresent(DurableEntity.class)) {
      throw notAnOperation(
          entity.getName() + "." + method.getName() + ", whose class is not annotated so");
    }
    if (!EntityOperations.isOperation(method)) {
      throw notAnOperation(entity.getName() + "." + method.getName() + ", which is none");
    }
    return new ResolvedOperation(
        EntityId.nameOf(entity), method.getName(), method.getGenericReturnType());
  }

  private static IllegalArgumentException notAnOperation(String found) {
    return new IllegalArgumentException(
        "An operation must be given as a reference to a public method of a class with @DurableEntity, such as Counter::add; this is "
            + found
            + ".");
  }
}
