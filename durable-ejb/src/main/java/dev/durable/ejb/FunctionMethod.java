package dev.durable.ejb;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.core.spi.Names;
import dev.durable.core.spi.ResolvedFunction;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A method that is annotated as a function, before it is known whether it can be one.
 *
 * @param beanClass the class whose bean it is called on
 * @param method declared there or in a class above
 * @param kind as annotated
 */
record FunctionMethod(Class<?> beanClass, Method method, FunctionKind kind) {

  /** Those of a class and of the classes above; a method that is overridden does not count. */
  static List<FunctionMethod> of(Class<?> beanClass) {
    Map<String, Method> methods = new LinkedHashMap<>();
    for (Class<?> type = beanClass;
        type != null && type != Object.class;
        type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (!method.isBridge()) {
          methods.putIfAbsent(
              method.getName() + Arrays.toString(method.getParameterTypes()), method);
        }
      }
    }
    return methods.values().stream().flatMap(method -> of(beanClass, method)).toList();
  }

  private static Stream<FunctionMethod> of(Class<?> beanClass, Method method) {
    Stream.Builder<FunctionMethod> found = Stream.builder();
    if (method.isAnnotationPresent(Orchestrator.class)) {
      found.add(new FunctionMethod(beanClass, method, FunctionKind.ORCHESTRATOR));
    }
    if (method.isAnnotationPresent(Activity.class)) {
      found.add(new FunctionMethod(beanClass, method, FunctionKind.ACTIVITY));
    }
    return found.build();
  }

  /** The durable name. */
  String name() {
    String annotated =
        kind == FunctionKind.ORCHESTRATOR
            ? method.getAnnotation(Orchestrator.class).value()
            : method.getAnnotation(Activity.class).value();
    return ResolvedFunction.nameOf(annotated, method);
  }

  /** The version of the code; null for none. */
  @Nullable String version() {
    if (kind == FunctionKind.ACTIVITY) {
      return null;
    }
    String annotated = method.getAnnotation(Orchestrator.class).version();
    return annotated.isEmpty() ? null : annotated;
  }

  /** Whether it must not be begun again once it was. */
  boolean atMostOnce() {
    return kind == FunctionKind.ACTIVITY && method.getAnnotation(Activity.class).atMostOnce();
  }

  /** The type of the input; null if it takes none. Only for a method without problems. */
  @Nullable Type inputType() {
    Type[] types = method.getGenericParameterTypes();
    int input = kind == FunctionKind.ORCHESTRATOR ? 1 : 0;
    return types.length > input ? types[input] : null;
  }

  /** Class and method, for messages. */
  String where() {
    String inherited =
        method.getDeclaringClass() == beanClass
            ? ""
            : " (inherited from " + method.getDeclaringClass().getName() + ")";
    return beanClass.getName() + "." + method.getName() + inherited;
  }

  /** Why this cannot be a function, in sentences that name class and method; empty if it can. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    checkName(problems);
    if (method.isAnnotationPresent(Orchestrator.class)
        && method.isAnnotationPresent(Activity.class)) {
      problems.add(where() + " is both @Orchestrator and @Activity. Keep one of them.");
    }
    checkModifiers(problems);
    checkParameters(problems);
    return problems;
  }

  private void checkName(List<String> problems) {
    try {
      Names.checkFunction(name());
      String version = version();
      if (version != null) {
        Names.checkVersion(version);
      }
    } catch (IllegalArgumentException e) {
      problems.add(kind.annotation + " method " + where() + ": " + e.getMessage() + ".");
    }
  }

  private void checkModifiers(List<String> problems) {
    int modifiers = method.getModifiers();
    for (int forbidden :
        new int[] {Modifier.STATIC, Modifier.PRIVATE, Modifier.FINAL, Modifier.ABSTRACT}) {
      if ((modifiers & forbidden) != 0) {
        problems.add(
            kind.annotation
                + " method "
                + where()
                + " is "
                + Modifier.toString(forbidden)
                + ", so it cannot be called through its bean. Expected: a method that is not static, private, final or abstract.");
      }
    }
  }

  private void checkParameters(List<String> problems) {
    Class<?>[] parameters = method.getParameterTypes();
    boolean fits =
        kind == FunctionKind.ORCHESTRATOR
            ? parameters.length >= 1
                && parameters.length <= 2
                && parameters[0] == OrchestrationContext.class
            : parameters.length <= 1
                && Arrays.stream(parameters).noneMatch(type -> type == OrchestrationContext.class);
    if (!fits) {
      problems.add(
          kind.annotation
              + " method "
              + where()
              + " takes ("
              + names(parameters)
              + "). Expected: "
              + kind.signature
              + ".");
      return;
    }
    Type input = inputType();
    if (input != null && !isConcrete(input)) {
      problems.add(
          kind.annotation
              + " method "
              + where()
              + " takes an input of type "
              + input.getTypeName()
              + ", which is not known at run time. Expected: a type without type variables.");
    }
    if (!isConcrete(method.getGenericReturnType())) {
      problems.add(
          kind.annotation
              + " method "
              + where()
              + " returns "
              + method.getGenericReturnType().getTypeName()
              + ", which is not known at run time. Expected: a type without type variables.");
    }
  }

  private static String names(Class<?>[] types) {
    return String.join(", ", Arrays.stream(types).map(Class::getSimpleName).toList());
  }

  /** Whether it is known at run time: it holds no type variables. */
  static boolean isConcrete(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      return Arrays.stream(parameterized.getActualTypeArguments())
          .allMatch(FunctionMethod::isConcrete);
    } else if (type instanceof GenericArrayType array) {
      return isConcrete(array.getGenericComponentType());
    } else if (type instanceof WildcardType wildcard) {
      return Stream.of(wildcard.getUpperBounds(), wildcard.getLowerBounds())
          .flatMap(Arrays::stream)
          .allMatch(FunctionMethod::isConcrete);
    }
    return !(type instanceof TypeVariable);
  }
}
