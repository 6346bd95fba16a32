package dev.durable.core.spi;

import dev.durable.Activity;
import dev.durable.Orchestrator;
import dev.durable.function.FunctionReference;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The function that a method reference means.
 *
 * @param name its durable name
 * @param resultType what its result is read as; {@code void} for none
 * @param orchestrator whether it is an orchestrator; else it is an activity
 */
public record ResolvedFunction(String name, Type resultType, boolean orchestrator) {

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
    private volatile @Nullable ResolvedFunction function;
  }

  /**
   * The activity that the reference means.
   *
   * @throws IllegalArgumentException if it means anything else
   */
  public static ResolvedFunction activity(FunctionReference reference) {
    ResolvedFunction function = of(reference);
    if (function.orchestrator) {
      throw new IllegalArgumentException(
          function.name
              + " is an orchestrator, not an activity. Call it with callSubOrchestrator.");
    }
    return function;
  }

  /**
   * The orchestrator that the reference means.
   *
   * @throws IllegalArgumentException if it means anything else
   */
  public static ResolvedFunction orchestrator(FunctionReference reference) {
    ResolvedFunction function = of(reference);
    if (!function.orchestrator) {
      throw new IllegalArgumentException(
          function.name
              + " is an activity, not an orchestrator. Only orchestrators can be started.");
    }
    return function;
  }

  /** The durable name of an annotated method: what the annotation says, or class and method. */
  public static String nameOf(String annotated, Method method) {
    return annotated.isEmpty()
        ? method.getDeclaringClass().getSimpleName() + "." + method.getName()
        : annotated;
  }

  private static ResolvedFunction of(FunctionReference reference) {
    Cell cell = RESOLVED.get(reference.getClass());
    ResolvedFunction known = cell.function;
    if (known == null) {
      known = resolve(reference);
      cell.function = known;
    }
    return known;
  }

  private static ResolvedFunction resolve(FunctionReference reference) {
    SerializedLambda lambda = MethodReferences.serialized(reference);
    if (!MethodReferences.isToInstanceMethod(lambda)) {
      throw notAFunction("a lambda expression or a reference to a static method or constructor");
    }
    Method method = MethodReferences.target(lambda, reference.getClass().getClassLoader());
    Activity activity = method.getAnnotation(Activity.class);
    if (activity != null) {
      return new ResolvedFunction(
          nameOf(activity.value(), method), method.getGenericReturnType(), false);
    }
    Orchestrator orchestrator = method.getAnnotation(Orchestrator.class);
    if (orchestrator != null) {
      return new ResolvedFunction(
          nameOf(orchestrator.value(), method), method.getGenericReturnType(), true);
    }
    throw notAFunction(
        method.getDeclaringClass().getName() + "." + method.getName() + ", which carries neither");
  }

  static IllegalArgumentException notAFunction(String found) {
    return new IllegalArgumentException(
        "A function must be given as a reference to a method with @Activity or @Orchestrator, such as Stock::reserve; this is "
            + found
            + ".");
  }
}
