package dev.durable.it.entities;

import static dev.durable.it.entities.Eventually.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.EntityId;
import dev.durable.it.entities.EntityOrchestrators.Order;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operations and signals in transactions, with rows of the application's. */
@ExtendWith(ArquillianExtension.class)
class EntityTransactionsIT {

  @Inject DurableClient durable;
  @Inject Book book;
  @Inject Apart apart;
  @Inject Lingering lingering;
  @Inject UserTransaction transaction;

  @Resource(lookup = "java:comp/DefaultDataSource")
  DataSource database;

  private final String key = UUID.randomUUID().toString();
  private final EntityId account = new EntityId("account", key);
  private final EntityId counter = new EntityId("counter", key);

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(EntityTransactionsIT.class);
  }

  @AfterEach
  void leaveNobodyLingering() {
    lingering.endAll();
  }

  @AfterEach
  void leaveNoTransactionBehind() throws SystemException {
    if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
      transaction.rollback();
    }
  }

  private String order(String operation, long amount) {
    String id = durable.start(EntityOrchestrators::order, new Order(account, operation, amount));
    return durable.await(id, String.class, PATIENCE);
  }

  private long balance() {
    return durable.readEntity(account, Account.class).map(Account::balance).orElse(-1L);
  }

  private int value() {
    return durable.readEntity(counter, Counter.class).map(Counter::get).orElse(-1);
  }

  // ---- operations

  @Test
  void anOperationsRowsAndItsStateAreOneCommit() {
    assertThat(order("deposit", 5)).isEqualTo("5");
    assertThat(order("deposit", 2)).isEqualTo("7");
    assertThat(order("balance", 0)).isEqualTo("7");

    assertThat(balance()).isEqualTo(7);
    assertThat(book.count(key)).isEqualTo(2);
  }

  @Test
  void oneThatFailsInAnyWayLeavesNeitherRowsNorState() {
    assertThat(order("deposit", 5)).isEqualTo("5");

    assertThat(order("depositAndThrow", 100)).isEqualTo("thrown");
    assertThat(order("depositAndThrowChecked", 100)).isEqualTo("thrown");
    assertThat(order("depositAndMark", 100)).contains("marked for roll-back");
    assertThat(order("depositTwiceTheSame", 100)).isNotEqualTo("null");

    assertThat(balance()).isEqualTo(5);
    assertThat(book.count(key)).isEqualTo(1);
    assertThat(order("deposit", 1)).isEqualTo("6");
  }

  @Test
  void operationsOfBothKindsRunInTheirOrder() {
    for (int i = 0; i < 10; i++) {
      durable.signalEntity(account, Account::change, 1L);
      durable.signalEntity(account, Account::deposit, 10L);
      durable.signalEntity(account, Account::depositAndThrow, 100L);
    }

    Eventually.is(110L, this::balance);
    assertThat(book.count(key)).isEqualTo(10);
  }

  @Test
  void oneThatEndsAfterItsLeaseIsLostWritesNothing() throws SQLException {
    Lingering.Run zombie = lingering.run(key, 1);
    Lingering.Run heir = lingering.run(key, 2);
    durable.signalEntity(account, Account::depositAndLinger, 5L);
    zombie.awaitWritten();
    takeLeaseAway();
    heir.awaitWritten();

    assertThat(zombie.endsByCommit()).isFalse();
    assertThat(heir.endsByCommit()).isTrue();
    Eventually.is(5L, this::balance);
    assertThat(book.count(key)).isEqualTo(1);
  }

  /** As if the node had not renewed it in time; the next poll claims the entity again. */
  private void takeLeaseAway() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update DURABLE_INSTANCE set LEASE_OWNER = null, LEASE_EXPIRES_AT = 0"
                    + " where INSTANCE_ID = ?")) {
      update.setString(1, "@" + account);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  // ---- signals of clients

  @Test
  void aSignalIsRolledBackTogetherWithTheCallersWrite() throws Exception {
    transaction.begin();
    book.write(key);
    durable.signalEntity(counter, Counter::add, 1);
    transaction.rollback();

    letOthersPass();
    assertThat(book.count(key)).isZero();
    assertThat(value()).isEqualTo(-1);
    durable
        .entityStatus(counter)
        .ifPresent(status -> assertThat(status.waitingOperations()).isZero());
  }

  @Test
  void aSignalIsAppliedAfterTheCallersCommitAndNotBefore() throws Exception {
    transaction.begin();
    book.write(key);
    durable.signalEntity(counter, Counter::add, 3);
    apart.outsideTransaction(this::letOthersPass);
    apart.run(() -> assertThat(value()).isEqualTo(-1));
    transaction.commit();

    Eventually.is(3, this::value);
    assertThat(book.count(key)).isEqualTo(1);
  }

  /** That nobody has signalled before, so that both would have to create it. */
  @Test
  void twoCallersThatMeetAtANewEntityDoNotFailEachOther() throws Exception {
    transaction.begin();
    durable.signalEntity(counter, Counter::add, 1);
    apart.run(() -> durable.signalEntity(counter, Counter::add, 2));
    Eventually.is(2, () -> valueApart());
    transaction.commit();

    Eventually.is(3, this::value);
  }

  private int valueApart() {
    int[] value = {0};
    apart.run(() -> value[0] = value());
    return value[0];
  }

  @Test
  void whatIsRefusedDoesNotRollBackTheCallersTransaction() throws Exception {
    transaction.begin();
    book.write(key);
    try {
      durable.signalEntity(counter, "substract", 1);
    } catch (RuntimeException e) {
      assertThat(e).hasMessageContaining("substract");
    }
    durable.deleteEntity(counter);
    assertThat(durable.entityStatus(counter)).isEmpty();
    transaction.commit();

    assertThat(book.count(key)).isEqualTo(1);
  }

  /** Whatever this node could do at once it has done after this: another instance came and went. */
  private void letOthersPass() {
    EntityId other = new EntityId("counter", UUID.randomUUID().toString());
    String id = durable.start(EntityOrchestrators::addAndGet, other);
    assertThat(durable.await(id, Integer.class, PATIENCE)).isEqualTo(505);
  }
}
