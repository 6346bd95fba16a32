package dev.durable.it.poison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.FailureDetails;
import dev.durable.OrchestrationStatus;
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
class PoisonIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject DurableClient durable;
  @Inject Stuck stuck;

  @Resource(lookup = "java:comp/DefaultDataSource")
  DataSource database;

  private final String id = UUID.randomUUID().toString();
  private final StartOptions withId = StartOptions.withId(id);

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(PoisonIT.class);
  }

  @AfterEach
  void leaveNobodyStuck() {
    stuck.open(id);
  }

  @Test
  void anActivityThatWasBegunTooOftenFailsAndItsOrchestratorGoesOn() throws Exception {
    durable.start(Stuck::callWhatStands, withId);
    stuck.awaitSomebodyAt(id);
    takeLeaseAway("DURABLE_ACTIVITY_TASK");

    assertThat(durable.await(id, String.class, PATIENCE)).isEqualTo(FailureDetails.POISONED);
  }

  @Test
  void anInstanceThatWasBegunTooOftenIsBlockedUntilItIsResumedAndItsNeighbourDoesNotNotice()
      throws Exception {
    durable.start(Stuck::standItself, withId);
    stuck.awaitSomebodyAt(id);
    takeLeaseAway("DURABLE_INSTANCE");

    OrchestrationStatus blocked = awaitBlocked();
    assertThat(blocked.failure().type()).isEqualTo(FailureDetails.POISONED);
    assertThat(durable.await(durable.start(Stuck::neighbour), String.class, PATIENCE))
        .isEqualTo("well");
    stuck.open(id);
    durable.resume(id, "it was only slow");
    assertThat(durable.await(id, String.class, PATIENCE)).isEqualTo("went on");
  }

  private OrchestrationStatus awaitBlocked() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      OrchestrationStatus status = durable.status(id).orElseThrow();
      if (status.runtimeStatus() == RuntimeStatus.BLOCKED) {
        return status;
      }
      assertThat(System.nanoTime()).as("it is blocked").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /** As if the node had not renewed it in time; the next poll claims it again. */
  private void takeLeaseAway(String table) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update "
                    + table
                    + " set LEASE_OWNER = null, LEASE_EXPIRES_AT = 0 where INSTANCE_ID = ?")) {
      update.setString(1, id);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }
}
