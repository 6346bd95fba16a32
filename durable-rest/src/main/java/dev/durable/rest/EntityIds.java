package dev.durable.rest;

import dev.durable.EntityId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ids of entities in paths, checked part by part, because the refusal of the id itself is not about
 * a parameter.
 */
final class EntityIds {

  private static final String NAME = "name";
  private static final String KEY = "key";
  private static final String PREFIX = "keyPrefix";
  private static final String ANY_KEY = "x";

  private static final String NAMES =
      "1 to " + EntityId.MAX_NAME_LENGTH + " characters of A-Z a-z 0-9 _ . : -";
  private static final String KEY_CHARACTERS =
      "1 to " + EntityId.MAX_KEY_LENGTH + " characters of A-Z a-z 0-9 _ . : @ -";
  private static final String KEYS =
      KEY_CHARACTERS
          + ", but neither . nor .. ($, which is Azure's empty key, is not taken: no key is empty here)";
  private static final Pattern BEGINNING_OF_A_KEY =
      Pattern.compile("[A-Za-z0-9_.:@-]{1," + EntityId.MAX_KEY_LENGTH + "}");

  private EntityIds() {}

  static EntityId of(String name, String key) {
    checkName(name);
    try {
      return new EntityId(name, key);
    } catch (IllegalArgumentException e) {
      throw Refusal.parameter(KEY, key, KEYS);
    }
  }

  static String checkName(String name) {
    try {
      return new EntityId(name, ANY_KEY).name();
    } catch (IllegalArgumentException e) {
      throw Refusal.parameter(NAME, name, NAMES);
    }
  }

  /** How the keys begin that a list is to have; empty for all. */
  static Optional<String> keyPrefix(Query query) {
    return query.matching(PREFIX, BEGINNING_OF_A_KEY, KEY_CHARACTERS);
  }

  /** Refuses a prefix where there is no name that the keys belong to. */
  static void refuseKeyPrefix(Query query) {
    Optional<String> prefix = query.text(PREFIX);
    if (prefix.isPresent()) {
      throw Refusal.parameter(
          PREFIX, prefix.get(), "none without a name; with one: GET /entities/{name}");
    }
  }
}
