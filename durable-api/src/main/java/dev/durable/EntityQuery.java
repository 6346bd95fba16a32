package dev.durable;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entities to list. Null parts do not filter; those that are there must all fit.
 *
 * @param name only entities of that name; null for all
 * @param keyPrefix only keys that begin so; null for all; needs a name
 * @param modifiedFrom only those last modified at or after this time; null for all
 * @param modifiedTo only those last modified before this time; null for all
 * @param withState whether only entities that have a state are listed
 * @param fetchState whether their states are read; the others are null in what is listed
 * @param pageSize how many at most; 1 to 1,000
 * @param continuationToken from the page before; null for the first page
 */
public record EntityQuery(
    @Nullable String name,
    @Nullable String keyPrefix,
    @Nullable Instant modifiedFrom,
    @Nullable Instant modifiedTo,
    boolean withState,
    boolean fetchState,
    int pageSize,
    @Nullable String continuationToken) {

  /** The page size where none is given. */
  public static final int DEFAULT_PAGE_SIZE = 100;

  private static final EntityQuery ALL =
      new EntityQuery(null, null, null, null, false, true, DEFAULT_PAGE_SIZE, null);

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the page size is not within 1 and 1,000, or there is a
   *     prefix without a name
   */
  public EntityQuery {
    if (pageSize < 1 || pageSize > 1000) {
      throw new IllegalArgumentException("pageSize is " + pageSize + "; allowed: 1 to 1000");
    }
    if (keyPrefix != null && name == null) {
      throw new IllegalArgumentException("A prefix of keys needs the name of the entities.");
    }
  }

  /** All entities with their states. */
  public static EntityQuery all() {
    return ALL;
  }

  /** All entities of a name with their states. */
  public static EntityQuery ofName(@Nullable String name) {
    return new EntityQuery(name, null, null, null, false, true, DEFAULT_PAGE_SIZE, null);
  }

  /** The same for keys that begin so. */
  public EntityQuery withKeyPrefix(@Nullable String prefix) {
    return new EntityQuery(
        name, prefix, modifiedFrom, modifiedTo, withState, fetchState, pageSize, continuationToken);
  }

  /** The same for those last modified within {@code [from, to)}. */
  public EntityQuery withModified(@Nullable Instant from, @Nullable Instant to) {
    return new EntityQuery(
        name, keyPrefix, from, to, withState, fetchState, pageSize, continuationToken);
  }

  /** The same for entities that have a state. */
  public EntityQuery onlyWithState() {
    return new EntityQuery(
        name, keyPrefix, modifiedFrom, modifiedTo, true, fetchState, pageSize, continuationToken);
  }

  /** The same without reading the states. */
  public EntityQuery withoutStates() {
    return new EntityQuery(
        name, keyPrefix, modifiedFrom, modifiedTo, withState, false, pageSize, continuationToken);
  }

  /** The same with another page size. */
  public EntityQuery withPageSize(int size) {
    return new EntityQuery(
        name, keyPrefix, modifiedFrom, modifiedTo, withState, fetchState, size, continuationToken);
  }

  /** The page after that token. */
  public EntityQuery after(@Nullable String token) {
    return new EntityQuery(
        name, keyPrefix, modifiedFrom, modifiedTo, withState, fetchState, pageSize, token);
  }
}
