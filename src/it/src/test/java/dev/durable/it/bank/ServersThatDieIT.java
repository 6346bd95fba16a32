package dev.durable.it.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.it.server.LibertyServer;
import dev.durable.it.server.TestDatabase;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kill -9} in the middle of transfers. */
final class ServersThatDieIT {

  /** With few slots, so that one server leaves work to the other. */
  private static final Map<String, String> SHORT_LEASES =
      Map.of(
          "ORDERS_DEMONSTRATION",
          "false",
          "DURABLE_MAX_CONCURRENT_ORCHESTRATIONS",
          "10",
          "DURABLE_MAX_CONCURRENT_ENTITIES",
          "10",
          "DURABLE_LEASE_TIMEOUT",
          "3s",
          "DURABLE_LEASE_RENEWAL_INTERVAL",
          "500ms",
          "DURABLE_PG_IDLE_TRANSACTION_TIMEOUT",
          "3s");

  /** What the accounts hold, which is text of JSON in their rows. PostgreSQL only. */
  private static final String STATES =
      "with ACCOUNT as (select (STATE::json->>'cents')::bigint as CENTS,"
          + " (STATE::json->'bookings'->>'deposited')::bigint as DEPOSITED,"
          + " (STATE::json->'bookings'->>'withdrawn')::bigint as WITHDRAWN"
          + " from DURABLE_INSTANCE where INSTANCE_ID like ?) ";

  static Stream<Long> seeds() {
    return Stream.of(Long.getLong("bank.seed", System.nanoTime()));
  }

  @ParameterizedTest(name = "-Dbank.seed={0}")
  @MethodSource("seeds")
  void oneServerThatIsStartedAgainBooksEveryTransferOnce(long seed) throws Exception {
    Random random = new Random(seed);
    try (LibertyServer server = LibertyServer.create("bank", "server.xml", SHORT_LEASES).start()) {
      Bank bank = new Bank(server, 20, 10, 30);
      bank.open();
      bank.startLoads(random);
      bank.awaitOperations(server, 50 + random.nextInt(300));
      assertThat(bank.isFinished()).as("too late to kill").isFalse();
      server.kill();
      server.start();
      bank.awaitEnd();

      bank.assertThatEveryTransferIsBookedOnce();
      bank.awaitThatNothingIsLocked();
      server.stop();
      bank.assertThatNothingIsLeftInTheDatabase();
    }
  }

  /** The second is killed in the middle of transfers, and started again, and killed again. */
  @ParameterizedTest(name = "-Dbank.seed={0}")
  @MethodSource("seeds")
  @Tag("several-nodes")
  void tenThousandTransfersOnTwoServersAreBookedOnceWhileOneIsKilledAgainAndAgain(long seed)
      throws Exception {
    Random random = new Random(seed);
    try (LibertyServer first =
            LibertyServer.create("bank_first", "server.xml", SHORT_LEASES).start();
        LibertyServer second = first.besides("bank_second")) {
      Bank bank = new Bank(first, 100, 50, 200);
      second.start();
      bank.open();
      bank.startLoads(random);
      killInTheMiddle(bank, second, random);
      int kills = 1;
      while (kills < 3 && !bank.isFinished()) {
        second.start();
        bank.awaitOperations(second, 1 + random.nextInt(400));
        if (!bank.isFinished()) {
          kill(second);
          kills++;
        }
      }
      bank.awaitEnd();
      assertThat(kills).as("kills in the middle of transfers").isGreaterThanOrEqualTo(2);

      bank.assertThatEveryTransferIsBookedOnce();
      bank.awaitThatNothingIsLocked();
      bank.assertThatNothingIsLeftInTheDatabase();
      assertThatTheStatesAddUp(first.database());
    }
  }

  private static void killInTheMiddle(Bank bank, LibertyServer server, Random random)
      throws Exception {
    bank.awaitOperations(server, 1 + random.nextInt(400));
    assertThat(bank.isFinished()).as("too late to kill").isFalse();
    kill(server);
  }

  private static void kill(LibertyServer server) throws Exception {
    server.kill();
    assertThatTheStatesAddUp(server.database());
  }

  /** At any moment: no account is below zero, and each is what was booked on it. */
  private static void assertThatTheStatesAddUp(TestDatabase database) throws SQLException {
    assertThat(
            database.number(
                STATES
                    + "select count(*) from ACCOUNT where CENTS < 0 or CENTS <> DEPOSITED - WITHDRAWN",
                "@account@%"))
        .as("accounts that do not add up")
        .isZero();
  }
}
