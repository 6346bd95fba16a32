package dev.durable.ejb;

import dev.durable.DurableEntity;
import dev.durable.EntityId;
import dev.durable.InitialState;
import dev.durable.core.spi.EntityOperations;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A class that is annotated as an entity, before it is known whether it can be one.
 *
 * @param type annotated with {@link DurableEntity}
 */
record EntityClass(Class<?> type) {

  /** Methods that the container calls, and nobody else. */
  private static final List<Class<? extends Annotation>> OF_CONTAINER =
      List.of(Inject.class, PostConstruct.class, PreDestroy.class, AroundInvoke.class);

  static boolean isEntity(Class<?> type) {
    return type.isAnnotationPresent(DurableEntity.class);
  }

  /** The durable name. */
  String name() {
    return EntityId.nameOf(type);
  }

  /** The methods that are operations. */
  List<Method> operations() {
    return methods()
        .filter(EntityOperations::isOperation)
        .filter(method -> OF_CONTAINER.stream().noneMatch(method::isAnnotationPresent))
        .toList();
  }

  /** The methods that set up the first state, of which there may be one. */
  List<Method> initialStates() {
    return methods().filter(method -> method.isAnnotationPresent(InitialState.class)).toList();
  }

  /**
   * Those of the class and of the classes above that are not overridden. A bridge stands for an
   * overridden method of another signature if its class declares what it leads to, and otherwise
   * only lifts a method out of a class that is not public.
   */
  private Stream<Method> methods() {
    List<Method> found = new ArrayList<>();
    for (Class<?> above = type;
        above != null && above != Object.class;
        above = above.getSuperclass()) {
      List<Method> below = List.copyOf(found);
      Stream.of(above.getDeclaredMethods())
          .filter(method -> !method.isSynthetic() || method.isBridge())
          .filter(method -> below.stream().noneMatch(other -> overrides(other, method)))
          .filter(method -> !method.isBridge() || hasTarget(method))
          .sorted((a, b) -> a.toGenericString().compareTo(b.toGenericString()))
          .forEach(found::add);
    }
    return found.stream().filter(method -> !method.isBridge());
  }

  private static boolean overrides(Method below, Method above) {
    return below.getName().equals(above.getName())
        && Arrays.equals(below.getParameterTypes(), above.getParameterTypes());
  }

  private static boolean hasTarget(Method bridge) {
    return Stream.of(bridge.getDeclaringClass().getDeclaredMethods())
        .anyMatch(
            method ->
                !method.isBridge()
                    && method.getName().equals(bridge.getName())
                    && method.getParameterCount() == bridge.getParameterCount());
  }

  /** Why this cannot be an entity, in sentences that name the class; empty if it can. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    checkName(problems);
    if (type.isInterface() || type.isRecord() || type.isEnum() || isAbstract()) {
      refuse(
          problems,
          "is "
              + (type.isInterface()
                  ? "an interface"
                  : type.isRecord() ? "a record" : type.isEnum() ? "an enum" : "abstract"),
          "a class of which objects can be made, and whose fields can be changed");
      return problems;
    }
    if (type.getTypeParameters().length > 0) {
      refuse(problems, "has type parameters", "a class without, so that its state can be read");
    }
    checkConstructors(problems);
    checkOperations(problems);
    checkInitialState(problems);
    for (FunctionMethod function : FunctionMethod.of(type)) {
      refuse(
          problems,
          "has the " + function.kind().annotation + " method " + function.method().getName(),
          "functions in beans of their own");
    }
    EntityFields.of(type).problems().forEach(problem -> problems.add(where() + problem));
    return problems;
  }

  private boolean isAbstract() {
    return Modifier.isAbstract(type.getModifiers());
  }

  private String where() {
    return "@DurableEntity class " + type.getName();
  }

  private void refuse(List<String> problems, String found, String expected) {
    problems.add(where() + " " + found + ". Expected: " + expected + ".");
  }

  private void checkName(List<String> problems) {
    try {
      new EntityId(name(), "any");
    } catch (IllegalArgumentException e) {
      problems.add(where() + ": " + e.getMessage() + ".");
    }
  }

  /** JSON-B makes objects of public classes by constructors that are public or protected. */
  private void checkConstructors(List<String> problems) {
    if (!Modifier.isPublic(type.getModifiers())) {
      refuse(problems, "is not public", "a public class, so that its state can be read");
    }
    Constructor<?>[] constructors = type.getDeclaredConstructors();
    boolean hasDefault =
        Stream.of(constructors).anyMatch(made -> made.getParameterCount() == 0 && isOpen(made));
    boolean hasOther =
        Stream.of(constructors)
            .anyMatch(
                made -> made.getParameterCount() > 0 && made.isAnnotationPresent(Inject.class));
    if (!hasDefault || hasOther) {
      refuse(
          problems,
          hasDefault
              ? "has an @Inject constructor with arguments"
              : "has no public or protected constructor without arguments",
          "a constructor without arguments, and what is injected in fields");
    }
  }

  private static boolean isOpen(Constructor<?> constructor) {
    return (constructor.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
  }

  private void checkOperations(List<String> problems) {
    Map<String, List<Method>> byName = new TreeMap<>();
    operations()
        .forEach(
            method ->
                byName.computeIfAbsent(method.getName(), name -> new ArrayList<>()).add(method));
    byName.forEach(
        (name, methods) -> {
          if (methods.size() > 1) {
            refuse(
                problems,
                "has " + methods.size() + " public methods " + name,
                "one, because its name is that of an operation");
          }
        });
    operations().forEach(method -> checkOperation(method, problems));
  }

  private void checkOperation(Method method, List<String> problems) {
    String operation = "the public method " + method.getName();
    Type[] arguments = method.getGenericParameterTypes();
    if (arguments.length > 1) {
      refuse(
          problems,
          "has " + operation + " with " + arguments.length + " arguments",
          "one argument or none, because public methods are operations");
    } else if (arguments.length == 1 && !FunctionMethod.isConcrete(arguments[0])) {
      refuse(
          problems,
          "has " + operation + ", which takes " + unknown(arguments[0]),
          "a type without type variables");
    }
    if (!FunctionMethod.isConcrete(method.getGenericReturnType())) {
      refuse(
          problems,
          "has " + operation + ", which returns " + unknown(method.getGenericReturnType()),
          "a type without type variables");
    }
  }

  private static String unknown(Type type) {
    return type.getTypeName() + ", a type that is not known at run time";
  }

  private void checkInitialState(List<String> problems) {
    List<Method> methods = initialStates();
    if (methods.size() > 1) {
      refuse(
          problems,
          "has "
              + methods.size()
              + " @InitialState methods: "
              + String.join(", ", methods.stream().map(Method::getName).toList()),
          "one at most");
    }
    for (Method method : methods) {
      if (method.getParameterCount() > 0 || Modifier.isStatic(method.getModifiers())) {
        refuse(
            problems,
            "has the @InitialState method "
                + method.getName()
                + (method.getParameterCount() > 0
                    ? ", which takes arguments"
                    : ", which is static"),
            "one of the object that takes none; what it needs may be injected");
      }
    }
  }
}
