package dev.durable.ejb;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Collects entities and everything that is wrong with them. Thread-safe: containers may process
 * archives at once.
 */
final class EntityCatalogue {

  private final Set<Class<?>> seen = ConcurrentHashMap.newKeySet();
  private final List<Bean<?>> beans = new CopyOnWriteArrayList<>();
  private final List<DeclaredEntity> entities = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();

  /** A class that is annotated as an entity, bean or not. */
  void seen(Class<?> type) {
    seen.add(type);
  }

  void addManagedBean(Bean<?> bean, AnnotatedType<?> type, TransactionDemand demand) {
    add(bean, method -> demand.ofManagedBean(type, method));
  }

  void addSessionBean(Bean<?> bean) {
    seen(bean.getBeanClass());
    beans.add(bean);
    problems.add(
        where(bean) + " is a session bean. Expected: a class without an annotation of EJB.");
  }

  private void add(Bean<?> bean, Predicate<Method> transactional) {
    Class<?> type = bean.getBeanClass();
    seen(type);
    beans.add(bean);
    List<String> wrong = new ArrayList<>();
    if (bean.getScope() != Dependent.class) {
      wrong.add(
          where(bean)
              + " has the scope @"
              + bean.getScope().getSimpleName()
              + ". Expected: no scope, because an object is made for each batch of operations.");
    }
    if (!bean.getTypes().contains(type)) {
      wrong.add(where(bean) + " is not among the types of its bean. Expected: no @Typed.");
    }
    problems.addAll(wrong);
    EntityClass entity = new EntityClass(type);
    if (wrong.isEmpty() && entity.problems().isEmpty()) {
      Map<String, DeclaredEntity.Operation> operations = new TreeMap<>();
      entity
          .operations()
          .forEach(
              method ->
                  operations.put(
                      method.getName(),
                      new DeclaredEntity.Operation(method, transactional.test(method))));
      entities.add(
          new DeclaredEntity(
              entity.name(),
              bean,
              operations,
              entity.initialStates().stream().findFirst().orElse(null)));
    }
  }

  private static String where(Bean<?> bean) {
    return "@DurableEntity class " + bean.getBeanClass().getName();
  }

  List<DeclaredEntity> entities() {
    return entities;
  }

  /** Everything that must fail the deployment, in a fixed order. */
  List<String> problems() {
    Stream<String> ofClasses =
        seen.stream().flatMap(type -> new EntityClass(type).problems().stream());
    Map<String, List<Class<?>>> names = new TreeMap<>();
    beans.forEach(
        bean ->
            names
                .computeIfAbsent(
                    new EntityClass(bean.getBeanClass()).name(), name -> new ArrayList<>())
                .add(bean.getBeanClass()));
    Stream<String> taken =
        names.entrySet().stream()
            .filter(name -> name.getValue().size() > 1)
            .map(name -> taken(name.getKey(), name.getValue()));
    return Stream.of(ofClasses, taken, problems.stream()).flatMap(all -> all).sorted().toList();
  }

  private static String taken(String name, List<Class<?>> by) {
    return "The name of entity "
        + name
        + " is used by "
        + String.join(" and ", by.stream().map(Class::getName).sorted().toList())
        + ". Expected: one class per name; set another in the annotation.";
  }

  /** Classes that did not become beans. */
  List<String> warnings() {
    return seen.stream()
        .filter(type -> beans.stream().noneMatch(bean -> bean.getBeanClass() == type))
        .filter(type -> new EntityClass(type).problems().isEmpty())
        .map(type -> type.getName() + " is an entity but not a bean, so it is not deployed.")
        .sorted()
        .toList();
  }
}
