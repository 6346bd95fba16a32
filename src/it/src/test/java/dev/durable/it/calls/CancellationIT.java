package dev.durable.it.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class CancellationIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject DurableClient durable;
  @Inject Doors doors;
  @Inject Journal journal;

  @Resource(lookup = "java:comp/DefaultDataSource")
  DataSource database;

  private final String id = UUID.randomUUID().toString();
  private final StartOptions withId = StartOptions.withId(id);

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(CancellationIT.class);
  }

  @AfterEach
  void leaveNobodyLingering() {
    doors.open(id);
  }

  @Test
  void anActivityWhoseOrchestrationIsTerminatedIsInterruptedAndToldWhy() throws Exception {
    durable.start(LingeringOrchestrators::waitLong, withId);
    doors.awaitSomebodyAt(id);
    durable.terminate(id, "changed my mind");
    doors.awaitNobodyAt(id);

    assertThat(durable.awaitFinished(id, PATIENCE).runtimeStatus())
        .isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(journal.of(id))
        .singleElement()
        .asString()
        .contains("its orchestration was terminated");
  }

  @Test
  void anActivityThatIsToRunAtMostOnceIsNotBegunAgainWhenItsLeaseWasLost() throws Exception {
    durable.start(LingeringOrchestrators::waitForAtMostOnce, withId);
    doors.awaitSomebodyAt(id);
    takeLeaseAway();

    assertThat(durable.await(id, String.class, PATIENCE)).isEqualTo(FailureDetails.OUTCOME_UNKNOWN);
    doors.open(id);
    doors.awaitNobodyAt(id);
    assertThat(journal.of(id)).containsExactly("begun");
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
