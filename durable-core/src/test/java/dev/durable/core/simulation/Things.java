package dev.durable.core.simulation;

import dev.durable.EntityId;
import java.util.ArrayList;
import java.util.List;

/** The entities that there are, and what may be asked of them. */
final class Things {

  static final String ACCOUNT = "account";
  static final String COUNTER = "counter";
  static final List<String> NAMES = List.of(ACCOUNT, COUNTER);

  /** How many there are of each name. */
  static final int OF_A_NAME = 3;

  static final int COUNT = NAMES.size() * OF_A_NAME;

  /** Declared ones, then those that are not. */
  static final List<String> OPERATIONS =
      List.of(
          "add",
          "get",
          "fail",
          "flaky",
          "broken",
          "reset",
          "reply",
          "relay",
          "start",
          "write",
          "poison",
          "delete",
          "nonsense");

  private Things() {}

  /** Accounts first. */
  static EntityId id(int number) {
    return new EntityId(NAMES.get(number / OF_A_NAME), "" + number % OF_A_NAME);
  }

  /** The numbers of the entities in a set of bits. */
  static List<Integer> numbers(int bits) {
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < COUNT; number++) {
      if ((bits >> number & 1) == 1) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  static boolean isDeclared(String operation) {
    return !operation.equals("delete") && !operation.equals("nonsense");
  }

  static boolean isTransactional(String operation) {
    return operation.equals("write");
  }
}
