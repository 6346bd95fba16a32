package dev.durable.it.transactions;

import static dev.durable.RuntimeStatus.COMPLETED;
import static dev.durable.RuntimeStatus.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableClient;
import dev.durable.InstanceAlreadyExistsException;
import dev.durable.InstanceNotFoundException;
import dev.durable.StartOptions;
import dev.durable.it.transactions.NoteFunctions.Assignment;
import jakarta.inject.Inject;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class ClientTransactionsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject DurableClient durable;
  @Inject UserTransaction transaction;
  @Inject OutsideTransaction outside;
  @Inject Notes notes;
  @Inject Attempts attempts;

  private final String id = UUID.randomUUID().toString();
  private final String callersNote = "caller of " + id;

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(ClientTransactionsIT.class);
  }

  @AfterEach
  void leaveNoTransactionBehind() throws SystemException {
    if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
      transaction.rollback();
    }
  }

  private void start(String about) {
    durable.start("assign", new Assignment("write", about, 1), StartOptions.withId(about));
  }

  private String resultOf(String instance) {
    return durable.await(instance, String.class, PATIENCE);
  }

  @Test
  void aStartIsCommittedTogetherWithTheCallersWrite() throws Exception {
    transaction.begin();
    notes.write(callersNote);
    start(id);
    transaction.commit();

    assertThat(resultOf(id)).isEqualTo("attempt 1");
    assertThat(notes.count(id)).isEqualTo(1);
    assertThat(notes.count(callersNote)).isEqualTo(1);
  }

  @Test
  void aStartIsRolledBackTogetherWithTheCallersWrite() throws Exception {
    transaction.begin();
    notes.write(callersNote);
    start(id);
    transaction.rollback();

    assertNothingWasStarted();
  }

  @Test
  void aStartIsNeitherSeenNorRunBeforeTheCommit() throws Exception {
    String other = "while " + id + " waits";
    transaction.begin();
    start(id);

    assertThat(outside.call(() -> durable.status(id))).isEmpty();
    // this node claims and runs what is there, which is not the instance of the open transaction
    assertThat(outside.call(() -> resultOfNew(other.replace(' ', '_')))).isEqualTo("attempt 1");
    assertThat(attempts.count(id)).isZero();
    assertThat(outside.call(() -> durable.status(id))).isEmpty();

    transaction.commit();
    assertThat(resultOf(id)).isEqualTo("attempt 1");
  }

  private String resultOfNew(String about) {
    start(about);
    return resultOf(about);
  }

  @Test
  void aStartInATransactionThatIsMarkedForRollBackLeavesNothing() throws Exception {
    transaction.begin();
    notes.write(callersNote);
    transaction.setRollbackOnly();
    start(id);

    assertThatThrownBy(transaction::commit).isInstanceOf(RollbackException.class);
    assertNothingWasStarted();
  }

  @Test
  void aStartIsUndoneWhenTheTransactionIsMarkedForRollBackAfterIt() throws Exception {
    transaction.begin();
    notes.write(callersNote);
    start(id);
    transaction.setRollbackOnly();

    assertThatThrownBy(transaction::commit).isInstanceOf(RollbackException.class);
    assertNothingWasStarted();
  }

  private void assertNothingWasStarted() {
    assertThat(durable.status(id)).isEmpty();
    assertThatThrownBy(() -> resultOf(id)).isInstanceOf(InstanceNotFoundException.class);
    assertThat(resultOfNew("after-" + id)).isEqualTo("attempt 1");
    assertThat(attempts.count(id)).isZero();
    assertThat(notes.count(callersNote)).isZero();
  }

  @Test
  void aRefusedStartDoesNotRollBackTheCallersTransaction() throws Exception {
    durable.start(NoteFunctions::waitForWord, StartOptions.withId(id));

    transaction.begin();
    notes.write(callersNote);
    assertThatThrownBy(() -> start(id)).isInstanceOf(InstanceAlreadyExistsException.class);
    start("instead-of-" + id);
    transaction.commit();

    assertThat(notes.count(callersNote)).isEqualTo(1);
    assertThat(resultOf("instead-of-" + id)).isEqualTo("attempt 1");
    durable.terminate(id, "not needed any more");
  }

  @Test
  void anEventIsRolledBackOrCommittedTogetherWithTheCallersWrite() throws Exception {
    durable.start(NoteFunctions::waitForWord, StartOptions.withId(id));

    transaction.begin();
    notes.write(callersNote);
    durable.raiseEvent(id, "word", "rolled back");
    transaction.rollback();
    assertThat(notes.count(callersNote)).isZero();

    transaction.begin();
    notes.write(callersNote);
    durable.raiseEvent(id, "word", "committed");
    transaction.commit();
    assertThat(resultOf(id)).isEqualTo("committed");
    assertThat(notes.count(callersNote)).isEqualTo(1);
  }

  /** What the transaction has read before must not be all that it ever sees. */
  @Test
  void whoeverWaitsInATransactionSeesTheEnd() throws Exception {
    durable.start(NoteFunctions::waitForWord, StartOptions.withId(id));

    transaction.begin();
    assertThat(durable.status(id).orElseThrow().runtimeStatus().isFinished()).isFalse();
    outside.call(() -> raiseWord("late"));
    assertThat(resultOf(id)).isEqualTo("late");
    assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
  }

  private String raiseWord(String word) {
    durable.raiseEvent(id, "word", word);
    return word;
  }

  @Test
  void aTerminationIsRolledBackOrCommittedWithTheCallersTransaction() throws Exception {
    durable.start(NoteFunctions::waitForWord, StartOptions.withId(id));

    transaction.begin();
    durable.terminate(id, "rolled back");
    transaction.rollback();
    durable.raiseEvent(id, "word", "alive");
    assertThat(durable.awaitFinished(id, PATIENCE).runtimeStatus()).isEqualTo(COMPLETED);

    durable.start(NoteFunctions::waitForWord, StartOptions.withId(id));
    transaction.begin();
    durable.terminate(id, "committed");
    transaction.commit();
    assertThat(durable.awaitFinished(id, PATIENCE).runtimeStatus()).isEqualTo(TERMINATED);
  }
}
