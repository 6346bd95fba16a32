package dev.durable;

import java.io.Serializable;

/**
 * The address of an entity: its name and its key, as text {@code name@key}. May be part of inputs,
 * results and states.
 *
 * @param name the durable name of the entity, 1 to 100 characters of {@code A-Z a-z 0-9 _ . : -}
 * @param key which one of that name: 1 to 98 characters of {@code A-Z a-z 0-9 _ . : @ -}; neither
 *     is {@code .} or {@code ..}, which vanish in URLs; both are case-sensitive
 */
public record EntityId(String name, String key) implements Comparable<EntityId>, Serializable {

  /** The longest name. */
  public static final int MAX_NAME_LENGTH = 100;

  /** The longest key. */
  public static final int MAX_KEY_LENGTH = 98;

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException if one has a wrong form
   */
  public EntityId {
    if (name.isEmpty()
        || name.length() > MAX_NAME_LENGTH
        || !name.chars().allMatch(EntityId::isNameCharacter)) {
      throw new IllegalArgumentException(
          "The name of an entity has "
              + name.length()
              + " characters; allowed are 1 to "
              + MAX_NAME_LENGTH
              + " of A-Z a-z 0-9 _ . : -");
    }
    if (key.isEmpty()
        || key.length() > MAX_KEY_LENGTH
        || !key.chars().allMatch(c -> isNameCharacter(c) || c == '@')) {
      throw new IllegalArgumentException(
          "The key of an entity "
              + name
              + " has "
              + key.length()
              + " characters; allowed are 1 to "
              + MAX_KEY_LENGTH
              + " of A-Z a-z 0-9 _ . : @ -");
    }
    if (vanishes(name) || vanishes(key)) {
      throw new IllegalArgumentException(
          "The id of an entity has the part "
              + (vanishes(name) ? name : key)
              + ", which would vanish in a URL.");
    }
  }

  private static boolean vanishes(String part) {
    return part.equals(".") || part.equals("..");
  }

  /** The entity of a class with that key. */
  public static EntityId of(Class<?> entity, String key) {
    return new EntityId(nameOf(entity), key);
  }

  /**
   * The durable name of a class: what the annotation says, or its simple name.
   *
   * @throws IllegalArgumentException if it is not annotated with {@link DurableEntity}
   */
  public static String nameOf(Class<?> entity) {
    DurableEntity annotation = entity.getAnnotation(DurableEntity.class);
    if (annotation == null) {
      throw new IllegalArgumentException(
          entity.getName() + " is no entity: it is not annotated with @DurableEntity.");
    }
    return annotation.value().isEmpty() ? entity.getSimpleName() : annotation.value();
  }

  /**
   * The id that {@link #toString()} gives as this text.
   *
   * @throws IllegalArgumentException if it is not of the form {@code name@key}
   */
  public static EntityId parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException("The id of an entity has the form name@key, with an @.");
    }
    return new EntityId(text.substring(0, at), text.substring(at + 1));
  }

  private static boolean isNameCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == ':'
        || c == '-';
  }

  /** By name, then by key, as character codes: the order in which locks are taken. */
  @Override
  public int compareTo(EntityId other) {
    int names = name.compareTo(other.name);
    return names != 0 ? names : key.compareTo(other.key);
  }

  @Override
  public String toString() {
    return name + "@" + key;
  }
}
