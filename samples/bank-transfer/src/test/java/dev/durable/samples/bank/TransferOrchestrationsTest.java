package dev.durable.samples.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransferOrchestrationsTest {

  private static final int ACCOUNTS = 10;
  private static final long FIRST_DEPOSIT = 5_000;
  private static final long ALL_CENTS = ACCOUNTS * FIRST_DEPOSIT;

  private final Bank bank = new Bank();

  @BeforeEach
  void open() {
    OrchestrationStatus opened =
        bank.run("opening", "open-accounts", new Opening(ACCOUNTS, FIRST_DEPOSIT));
    assertThat(Bank.output(opened, Long.class)).isEqualTo(ALL_CENTS);
  }

  private TransferResult transfer(String from, String to, long cents) {
    return Bank.output(
        bank.run(from + to + cents, "transfer", new Transfer(from, to, cents)),
        TransferResult.class);
  }

  private Audit audit(String id) {
    return Bank.output(bank.run(id, "audit", ACCOUNTS), Audit.class);
  }

  private long cents(String number) {
    return bank.teller.balance(number).orElse(0L);
  }

  @Test
  void aTransferMovesMoney() {
    assertThat(transfer("n-0", "n-1", 1_200).made()).isTrue();

    assertThat(cents("n-0")).isEqualTo(3_800);
    assertThat(cents("n-1")).isEqualTo(6_200);
    assertNothingIsLocked();
  }

  @Test
  void theTellerTakesCashOnceForEachReceiptAndOrdersTransfers() {
    bank.teller.takeCash("n-0", 100, "receipt-1");
    bank.teller.takeCash("n-0", 100, "receipt-1");
    bank.teller.takeCash("n-0", 100, "receipt-2");
    bank.teller.order("rent", new Transfer("n-0", "n-1", 5_200));
    bank.work(Integer.MAX_VALUE);

    assertThat(Bank.output(bank.status("rent"), TransferResult.class).made()).isTrue();
    assertThat(bank.teller.balance("n-0")).contains(0L);
    assertThat(bank.teller.balance("nobody")).isEmpty();
  }

  @Test
  void theLastCentCanBeMoved() {
    assertThat(transfer("n-0", "n-1", FIRST_DEPOSIT).made()).isTrue();

    assertThat(cents("n-0")).isZero();
  }

  @Test
  void aTransferOfMoreThanThereIsLeavesBothAccountsAlone() {
    TransferResult result = transfer("n-0", "n-1", FIRST_DEPOSIT + 1);

    assertThat(result.made()).isFalse();
    assertThat(result.reason()).contains("5000 cents on account n-0, not 5001");
    assertThat(audit("after").statements())
        .extracting(Statement::cents)
        .containsOnly(FIRST_DEPOSIT);
  }

  @Test
  void anAccountThatWasNeverPaidIsEmpty() {
    assertThat(transfer("new", "n-1", 1).made()).isFalse();
    assertThat(transfer("n-1", "new", 1).made()).isTrue();
    assertThat(cents("new")).isEqualTo(1);
  }

  @Test
  void whatTheOtherAccountRefusesIsGivenBack() {
    bank.client.signalEntity(Account.numbered("rich"), Account::deposit, Account.MOST_CENTS);

    TransferResult result = transfer("n-0", "rich", 1);

    assertThat(result.made()).isFalse();
    assertThat(result.reason()).contains("rich would hold more");
    assertThat(cents("n-0")).isEqualTo(FIRST_DEPOSIT);
    assertThat(cents("rich")).isEqualTo(Account.MOST_CENTS);
    assertNothingIsLocked();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void anAccountTakesNoBookingOfLessThanACent(long cents) {
    bank.client.signalEntity(Account.numbered("n-0"), Account::deposit, cents);
    bank.client.signalEntity(Account.numbered("n-0"), Account::withdraw, cents);
    bank.work(Integer.MAX_VALUE);

    assertThat(cents("n-0")).isEqualTo(FIRST_DEPOSIT);
  }

  @ParameterizedTest
  @CsvSource({"n-0,n-0,1", "n-0,n-1,0", "n-0,n-1,-1", ",n-1,1", "n-0,,1"})
  void aTransferThatMakesNoSenseFailsBeforeAnythingIsDone(
      @Nullable String from, @Nullable String to, long cents) {
    Map<String, Object> input = new TreeMap<>();
    if (from != null) {
      input.put("from", from);
    }
    if (to != null) {
      input.put("to", to);
    }
    input.put("cents", cents);
    assertRefused(bank.run("odd", "transfer", input));
  }

  @ParameterizedTest
  @ValueSource(strings = {"transfer", "open-accounts", "transfer-load"})
  void anInputThatIsMissingFailsBeforeAnythingIsDone(String orchestrator) {
    assertRefused(bank.run("odd", orchestrator, null));
  }

  private void assertRefused(OrchestrationStatus status) {
    assertThat(status.runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    assertThat(Objects.requireNonNull(status.failure()).toString())
        .contains(InvalidTransferException.class.getName())
        .contains("allowed");
    assertThat(audit("after").statements())
        .extracting(Statement::cents)
        .containsOnly(FIRST_DEPOSIT);
  }

  @Test
  void aLoadDoesTheSameEachTimeForTheSameSeed() {
    Bank other = new Bank();
    other.run("opening", "open-accounts", new Opening(ACCOUNTS, FIRST_DEPOSIT));

    LoadReport first = load("load", 42);
    LoadReport second = Bank.output(other.run("load", "transfer-load", of(42)), LoadReport.class);

    assertThat(second).isEqualTo(first);
    assertThat(first.made() + first.refused()).isEqualTo(70);
    assertThat(first.made()).isPositive();
    assertThat(first.refused()).isPositive();
    assertThat(load("again", 43)).isNotEqualTo(first);
  }

  private LoadReport load(String id, long seed) {
    return Bank.output(bank.run(id, "transfer-load", of(seed)), LoadReport.class);
  }

  private static TransferLoad of(long seed) {
    return new TransferLoad(seed, 70, ACCOUNTS, FIRST_DEPOSIT, null);
  }

  @Test
  void aLongLoadHasAShortHistory() {
    load("load", 1);

    assertThat(bank.client.history("load")).hasSizeLessThan(10 * 15);
  }

  /** Several loads and audits get into each other's way; every audit finds all the money. */
  @Test
  void loadsAtOnceMoveMoneyAndNeitherMakeNorLoseIt() {
    long seed = Long.getLong("bank.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      bank.start("load-" + i, "transfer-load", of(random.nextLong()));
    }
    for (int i = 0; i < 5; i++) {
      bank.work(random.nextInt(1000));
      bank.start("audit-" + i, "audit", ACCOUNTS);
    }
    bank.work(Integer.MAX_VALUE);

    List<LoadReport> reports = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      reports.add(Bank.output(bank.status("load-" + i), LoadReport.class));
    }
    for (int i = 0; i < 5; i++) {
      assertThat(Bank.output(bank.status("audit-" + i), Audit.class).cents())
          .as("audit %d of -Dbank.seed=%d", i, seed)
          .isEqualTo(ALL_CENTS);
    }
    for (Statement statement : audit("after").statements()) {
      assertThat(statement.bookings())
          .as("%s of -Dbank.seed=%d", statement.number(), seed)
          .isEqualTo(booked(reports, statement.number()));
      assertThat(statement.cents())
          .isEqualTo(statement.bookings().deposited() - statement.bookings().withdrawn());
    }
    assertNothingIsLocked();
  }

  /** What the loads have reported for an account, after its opening. */
  private static Bookings booked(List<LoadReport> reports, String number) {
    Bookings sum = Bookings.NONE.andDeposit(FIRST_DEPOSIT);
    for (LoadReport report : reports) {
      sum = sum.plus(report.bookings().getOrDefault(number, Bookings.NONE));
    }
    return sum;
  }

  private void assertNothingIsLocked() {
    assertThat(bank.client.listEntities(EntityQuery.all()).entities())
        .allSatisfy(
            (EntityStatus account) -> {
              assertThat(account.lockedBy()).isNull();
              assertThat(account.waitingOperations()).isZero();
            });
  }
}
