package dev.durable.it.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableClient;
import dev.durable.OrchestrationFailedException;
import dev.durable.StartOptions;
import dev.durable.it.transactions.NoteFunctions.Assignment;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class ActivityTransactionsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject DurableClient durable;
  @Inject Notes notes;
  @Inject Attempts attempts;

  @Resource(lookup = "java:comp/DefaultDataSource")
  DataSource database;

  private final String id = UUID.randomUUID().toString();

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(ActivityTransactionsIT.class);
  }

  @AfterEach
  void leaveNobodyLingering() {
    attempts.endAll();
  }

  private void start(String activity, int maxAttempts) {
    durable.start(
        NoteFunctions::assign, new Assignment(activity, id, maxAttempts), StartOptions.withId(id));
  }

  private String result() {
    return durable.await(id, String.class, PATIENCE);
  }

  private ThrowingCallable failure() {
    return this::result;
  }

  @Test
  void anActivityThatReturnsWritesOnce() {
    start("write", 1);

    assertThat(result()).isEqualTo("attempt 1");
    assertThat(notes.count(id)).isEqualTo(1);
  }

  @Test
  void anActivityThatThrowsLeavesNothingOfAnyAttempt() {
    start("write-and-throw", 3);

    assertThatThrownBy(failure())
        .isInstanceOf(OrchestrationFailedException.class)
        .hasMessageContaining("attempt 3");
    assertThat(attempts.count(id)).isEqualTo(3);
    assertThat(notes.count(id)).isZero();
  }

  @Test
  void anActivityThatSucceedsAtTheThirdAttemptLeavesWhatThatOneWrote() {
    start("succeed-at-third-attempt", 3);

    assertThat(result()).isEqualTo("attempt 3");
    assertThat(notes.count(id)).isEqualTo(1);
  }

  /** By the rules of JTA a checked exception does not roll back. */
  @Test
  void anActivityThatThrowsACheckedExceptionFailsAndItsWritesStay() {
    start("write-and-throw-checked", 1);

    assertThatThrownBy(failure()).hasMessageContaining("attempt 1");
    assertThat(notes.count(id)).isEqualTo(1);
  }

  @Test
  void anActivityThatMarksItsTransactionForRollBackHasFailedAlthoughItReturned() {
    start("write-and-mark", 1);

    assertThatThrownBy(failure()).hasMessageContaining("marked for roll-back");
    assertThat(attempts.count(id)).isEqualTo(1);
    assertThat(notes.count(id)).isZero();
  }

  @Test
  void aSessionBeanThatThrowsLeavesNothing() {
    start("write-and-throw-in-session-bean", 1);

    assertThatThrownBy(failure()).hasMessageContaining("session bean");
    assertThat(notes.count(id)).isZero();
  }

  @Test
  void aZombieThatEndsBeforeItsHeirWritesNothing() throws SQLException {
    Attempt zombie = attempts.attempt(id, 1);
    Attempt heir = attempts.attempt(id, 2);
    start("write-and-linger", 1);
    zombie.awaitWritten();
    takeLeaseAway();
    heir.awaitWritten();

    assertThat(zombie.endsByCommit()).isFalse();
    assertThat(heir.endsByCommit()).isTrue();
    assertThat(result()).isEqualTo("attempt 2");
    assertThat(notes.count(id)).isEqualTo(1);
  }

  @Test
  void aZombieThatEndsAfterItsHeirWritesNothing() throws SQLException {
    Attempt zombie = attempts.attempt(id, 1);
    Attempt heir = attempts.attempt(id, 2);
    start("write-and-linger", 1);
    zombie.awaitWritten();
    takeLeaseAway();
    heir.awaitWritten();

    assertThat(heir.endsByCommit()).isTrue();
    assertThat(result()).isEqualTo("attempt 2");
    assertThat(zombie.endsByCommit()).isFalse();
    assertThat(notes.count(id)).isEqualTo(1);
  }

  /** As if the node had not renewed it in time; the next poll claims the task again. */
  private void takeLeaseAway() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update DURABLE_ACTIVITY_TASK set LEASE_OWNER = null, LEASE_EXPIRES_AT = 0"
                    + " where INSTANCE_ID = ?")) {
      update.setString(1, id);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }
}
