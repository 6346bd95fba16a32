package dev.durable.samples.bank;

import static dev.durable.samples.bank.InvalidTransferException.require;

import dev.durable.EntityId;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The input of {@code open-accounts}.
 *
 * @param accounts how many, 1 to 1,000; their numbers are {@code n-0}, {@code n-1} and so on
 * @param cents the first deposit on each; 1 or more
 */
public record Opening(int accounts, long cents) {

  static void check(@Nullable Opening opening) {
    require(opening != null, "the opening", opening, "an object");
    require(
        opening.accounts() >= 1 && opening.accounts() <= 1000,
        "accounts",
        opening.accounts(),
        "1 to 1000");
    require(opening.cents() >= 1, "cents", opening.cents(), "1 or more");
  }

  /** The number of one of the accounts. */
  static String number(int account) {
    return "n-" + account;
  }

  /** The first so many accounts. */
  static List<EntityId> first(int accounts) {
    return IntStream.range(0, accounts).mapToObj(i -> Account.numbered(number(i))).toList();
  }
}
