package dev.durable.ejb;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceUnit;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields that are the state of an entity: those of its class and of the classes above, whatever
 * their visibility, but for static, transient and injected ones.
 *
 * @param type the class
 * @param fields the class's own first
 */
record EntityFields(Class<?> type, List<Field> fields) {

  /**
   * What is injected; {@code @ConfigProperty} and others of that kind are used with
   * {@code @Inject}. {@code @WebServiceRef} is named by its name, because not every server has it.
   */
  private static final Set<String> INJECTED =
      Set.of(
          Inject.class.getName(),
          Resource.class.getName(),
          EJB.class.getName(),
          PersistenceContext.class.getName(),
          PersistenceUnit.class.getName(),
          "jakarta.xml.ws.WebServiceRef",
          "org.eclipse.microprofile.config.inject.ConfigProperty");

  private static final List<Class<? extends Annotation>> READ_BY_USERS_RULES =
      List.of(JsonbTypeAdapter.class, JsonbTypeDeserializer.class, JsonbTypeInfo.class);

  static EntityFields of(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> above = type;
        above != null && above != Object.class;
        above = above.getSuperclass()) {
      Stream.of(above.getDeclaredFields()).filter(EntityFields::isState).forEach(fields::add);
    }
    return new EntityFields(type, List.copyOf(fields));
  }

  private static boolean isState(Field field) {
    return (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0
        && !field.isSynthetic()
        && !field.isAnnotationPresent(JsonbTransient.class)
        && Stream.of(field.getAnnotations())
            .noneMatch(annotation -> INJECTED.contains(annotation.annotationType().getName()));
  }

  /** Whether it is one of a class of this hierarchy, state or not. */
  boolean isOfHierarchy(Class<?> declaring) {
    return declaring != Object.class && declaring.isAssignableFrom(type);
  }

  /** What would be lost, in ends of sentences that begin with the class; only what is sure. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Map<String, Field> names = new HashMap<>();
    for (Field field : fields) {
      String where =
          " has the field "
              + field.getName()
              + (field.getDeclaringClass() == type
                  ? ""
                  : " (inherited from " + field.getDeclaringClass().getName() + ")");
      Field hidden = names.putIfAbsent(field.getName(), field);
      if (hidden != null) {
        problems.add(
            where
                + ", of which there is another in "
                + hidden.getDeclaringClass().getName()
                + ". Expected: fields of different names, because both are part of the state.");
      }
      if (Modifier.isFinal(field.getModifiers())) {
        problems.add(
            where
                + ", which is final, so that it cannot be read back."
                + " Expected: a field that is not final, or transient if it is not part of the state.");
      } else if (isUnreadable(field)) {
        problems.add(
            where
                + " of type "
                + field.getGenericType().getTypeName()
                + ", of which JSON-B cannot make objects."
                + " Expected: a class, a JSON-B annotation that says how it is read, or transient if it is not part of the state.");
      }
    }
    return problems;
  }

  /** What those of the platform are read as is JSON-B's matter, which grows. */
  private static boolean isUnreadable(Field field) {
    Class<?> read = field.getType();
    return (read.isInterface() || Modifier.isAbstract(read.getModifiers()))
        && !read.isPrimitive()
        && !read.isArray()
        && !read.isEnum()
        && !read.getName().startsWith("java.")
        && !read.getName().startsWith("jakarta.json.")
        && !isReadByUsersRules(field)
        && !isReadByUsersRules(read);
  }

  private static boolean isReadByUsersRules(AnnotatedElement element) {
    return READ_BY_USERS_RULES.stream().anyMatch(element::isAnnotationPresent);
  }
}
