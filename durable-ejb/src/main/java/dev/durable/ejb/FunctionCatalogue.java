package dev.durable.ejb;

import dev.durable.core.spi.Versions;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Collects functions and everything that is wrong with them. Thread-safe: containers may process
 * archives at once.
 */
final class FunctionCatalogue {

  /** Versions that are equally old, such as 2 and 02, are one: nobody could say which is newer. */
  private static final Comparator<DeclaredFunction> SAME =
      Comparator.comparing(DeclaredFunction::kind)
          .thenComparing(DeclaredFunction::name)
          .thenComparing(DeclaredFunction::version, Versions.ORDER);

  private final List<DeclaredFunction> functions = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final Set<Class<?>> seen = ConcurrentHashMap.newKeySet();
  private final Set<Class<?>> beanClasses = ConcurrentHashMap.newKeySet();

  /** A class that carries functions, bean or not. */
  void seen(Class<?> type) {
    seen.add(type);
  }

  void addManagedBean(
      Bean<?> bean, AnnotatedType<?> type, TransactionDemand demand, Interceptors interceptors) {
    List<FunctionMethod> methods = FunctionMethod.of(bean.getBeanClass());
    for (FunctionMethod method : methods) {
      if (method.kind() == FunctionKind.ORCHESTRATOR && demand.needsOne(type, method.method())) {
        problems.add(
            "@Orchestrator method "
                + method.where()
                + " runs in a transaction. Expected: no @Transactional on it and its class, or @Transactional(NOT_SUPPORTED) on it,"
                + " because an orchestrator waits, perhaps for days. What is to be written in a transaction belongs into an activity.");
      }
    }
    add(
        bean,
        method -> demand.ofManagedBean(type, method),
        method -> interceptors.areAround(type, method),
        methods);
  }

  void addSessionBean(Bean<?> bean) {
    Class<?> beanClass = bean.getBeanClass();
    List<FunctionMethod> activities = new ArrayList<>();
    for (FunctionMethod method : FunctionMethod.of(beanClass)) {
      if (method.kind() == FunctionKind.ORCHESTRATOR) {
        problems.add(
            "@Orchestrator method "
                + method.where()
                + " belongs to a session bean. Expected: a CDI bean, such as @ApplicationScoped,"
                + " because waiting leaves the method by an Error, which a session bean's container takes for a failure.");
      } else {
        activities.add(method);
      }
    }
    add(
        bean,
        method -> TransactionDemand.ofSessionBean(beanClass, method),
        method -> true,
        activities);
  }

  private void add(
      Bean<?> bean,
      Predicate<Method> transactional,
      Predicate<Method> intercepted,
      List<FunctionMethod> methods) {
    beanClasses.add(bean.getBeanClass());
    for (FunctionMethod method : methods) {
      List<String> wrong = method.problems();
      problems.addAll(wrong);
      if (wrong.isEmpty()) {
        add(bean, method, transactional.test(method.method()), intercepted.test(method.method()));
      }
    }
  }

  private void add(
      Bean<?> bean, FunctionMethod function, boolean transactional, boolean intercepted) {
    Optional<View> view = view(bean, function.method());
    if (view.isEmpty()) {
      problems.add(
          function.kind().annotation
              + " method "
              + function.where()
              + " cannot be called: the bean is known only by types without it."
              + " Expected: the method in an interface of the bean, or the bean's class among its types.");
      return;
    }
    functions.add(
        new DeclaredFunction(
            function.kind(),
            function.name(),
            function.version(),
            bean,
            view.get().type(),
            view.get().method(),
            function.inputType(),
            transactional && function.kind() == FunctionKind.ACTIVITY,
            function.atMostOnce(),
            intercepted));
  }

  /** A bean type, and the method as that type declares it. */
  private record View(Type type, Method method) {}

  /**
   * The bean's class, or, for a bean that is known only by its interfaces, the one that declares
   * the method.
   */
  private static Optional<View> view(Bean<?> bean, Method method) {
    Class<?> beanClass = bean.getBeanClass();
    if (bean.getTypes().contains(beanClass)) {
      return Optional.of(new View(beanClass, method));
    }
    return bean.getTypes().stream()
        .filter(type -> type instanceof Class<?>)
        .flatMap(
            type ->
                Arrays.stream(((Class<?>) type).getMethods())
                    .map(declared -> new View(type, declared)))
        .filter(v -> v.method().getName().equals(method.getName()))
        .filter(v -> Arrays.equals(v.method().getParameterTypes(), method.getParameterTypes()))
        .findFirst();
  }

  List<DeclaredFunction> functions() {
    return functions;
  }

  /** Everything that must fail the deployment, in a fixed order. */
  List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    Map<DeclaredFunction, List<DeclaredFunction>> taken = new TreeMap<>(SAME);
    functions.forEach(f -> taken.computeIfAbsent(f, first -> new ArrayList<>()).add(f));
    taken.forEach(
        (function, same) -> {
          if (same.size() > 1) {
            all.add(taken(function, same));
          }
        });
    return all.stream().sorted().toList();
  }

  private static String taken(DeclaredFunction function, List<DeclaredFunction> by) {
    String what = function.kind().word() + " " + function.name();
    return (function.version() == null
            ? "The name of " + what
            : "Version " + function.version() + " of " + what)
        + " is used by "
        + String.join(" and ", by.stream().map(DeclaredFunction::where).sorted().toList())
        + (function.kind() == FunctionKind.ACTIVITY
            ? ". Expected: one function per name; set another in the annotation."
            : ". Expected: one function per name and version; set another in the annotation.");
  }

  /** Classes with functions that did not become beans. */
  List<String> warnings() {
    return seen.stream()
        .filter(type -> !type.isInterface() && !Modifier.isAbstract(type.getModifiers()))
        .filter(type -> beanClasses.stream().noneMatch(type::isAssignableFrom))
        .filter(type -> !FunctionMethod.of(type).isEmpty())
        .map(
            type ->
                type.getName()
                    + " has functions but is not a bean, so they are not deployed. Give it a scope such as @ApplicationScoped.")
        .sorted()
        .toList();
  }
}
