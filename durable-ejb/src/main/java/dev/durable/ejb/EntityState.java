package dev.durable.ejb;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyVisibilityStrategy;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The state of the entities of a class as JSON text and as plain objects, which no container has
 * made. JSON-B sees the fields of the class, whatever it has for getters and setters; all other
 * classes it sees as always.
 */
final class EntityState {

  private final EntityFields fields;
  private final Constructor<?> constructor;
  private final Jsonb jsonb;

  /** Of a class without problems. */
  EntityState(Class<?> type) {
    this.fields = EntityFields.of(type);
    try {
      this.constructor = type.getDeclaredConstructor();
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type.getName() + " was not checked", e);
    }
    constructor.setAccessible(true);
    fields.fields().forEach(field -> field.setAccessible(true));
    // What an operation has set to null is not what the constructor sets.
    this.jsonb =
        JsonbBuilder.create(
            new JsonbConfig()
                .withNullValues(true)
                .withPropertyVisibilityStrategy(new FieldsOf(fields)));
  }

  /** The state that an object holds, which may be one of a class that the container has made. */
  String write(Object object) {
    return jsonb.toJson(object.getClass() == fields.type() ? object : plain(object));
  }

  /** A plain object. */
  @Nullable Object read(String json) {
    return jsonb.fromJson(json, (Type) fields.type());
  }

  /** Gives an object what the text says; what that does not say is as the constructor leaves it. */
  void read(String json, Object into) {
    Object plain = read(json);
    if (plain == null) {
      throw new IllegalArgumentException("The text is null, which is no state.");
    }
    copy(plain, into);
  }

  private Object plain(Object object) {
    try {
      Object plain = constructor.newInstance();
      copy(object, plain);
      return plain;
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("The constructor failed: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw inaccessible(e);
    }
  }

  private void copy(Object from, Object to) {
    try {
      for (Field field : fields.fields()) {
        field.set(to, field.get(from));
      }
    } catch (IllegalAccessException e) {
      throw inaccessible(e);
    }
  }

  private IllegalStateException inaccessible(ReflectiveOperationException reason) {
    return new IllegalStateException(
        fields.type().getName() + " cannot be used: " + reason.getMessage(), reason);
  }

  private record FieldsOf(EntityFields fields) implements PropertyVisibilityStrategy {

    @Override
    public boolean isVisible(Field field) {
      return fields.isOfHierarchy(field.getDeclaringClass())
          ? fields.fields().contains(field)
          : Modifier.isPublic(field.getModifiers());
    }

    @Override
    public boolean isVisible(Method method) {
      return !fields.isOfHierarchy(method.getDeclaringClass())
          && Modifier.isPublic(method.getModifiers());
    }
  }
}
