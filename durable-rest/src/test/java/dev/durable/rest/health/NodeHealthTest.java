package dev.durable.rest.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.TaskHubStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class NodeHealthTest {

  private final Hub hub = new Hub();
  private final NodeHealth health = new NodeHealth(hub);

  @Test
  void aNodeThatWorksIsUp() {
    assertUp("durable-dispatcher", health.liveness());
    assertUp("durable-store", health.readiness());
    assertUp("durable-startup", health.startup());
    assertThat(health.readiness().getData().orElseThrow())
        .containsEntry("node", "node-1")
        .containsEntry("taskHub", "default")
        .containsEntry("schemaVersion", 1L)
        .containsEntry("activeLeases", 3L)
        .doesNotContainKey("reason");
  }

  @Test
  void dataIsOfTheTypesThatMicroProfileKnows() {
    hub.draining = true;
    for (HealthCheckResponse response :
        List.of(health.liveness(), health.readiness(), health.startup())) {
      assertThat(response.getData().orElseThrow().values())
          .hasOnlyElementsOfTypes(String.class, Long.class, Boolean.class);
    }
  }

  @Test
  void aNodeThatHasNotStartedIsAliveButNotReady() {
    hub.started = false;
    hub.storeReachable = false;

    assertUp("durable-dispatcher", health.liveness());
    assertDown("not-started", health.readiness());
    assertDown("not-started", health.startup());
  }

  @Test
  void anOutageOfTheDatabaseFailsReadinessNeverLiveness() {
    hub.storeReachable = false;
    hub.sinceLastPoll = Duration.ofHours(5);
    hub.problem = Optional.of("The database does not answer.");

    assertUp("durable-dispatcher", health.liveness());
    assertDown("store-unreachable", health.readiness());
    assertThat(health.readiness().getData().orElseThrow())
        .containsEntry("problem", "The database does not answer.");
    assertUp("durable-startup", health.startup());
  }

  @Test
  void aLoopThatStandsStillFailsLiveness() {
    hub.sinceLastPoll = Duration.ofSeconds(31);

    assertDown("poll-loop-stands-still", health.liveness());
  }

  @Test
  void aShortPauseDoesNotFailLiveness() {
    hub.sinceLastPoll = Duration.ofSeconds(30);

    assertUp("durable-dispatcher", health.liveness());
  }

  @Test
  void aLoopThatSeldomPollsMayPauseLonger() {
    hub.pollingInterval = Duration.ofSeconds(20);
    hub.sinceLastPoll = Duration.ofSeconds(60);
    assertUp("durable-dispatcher", health.liveness());

    hub.sinceLastPoll = Duration.ofMillis(60_001);
    assertDown("poll-loop-stands-still", health.liveness());
  }

  @Test
  void aNodeThatStopsIsAliveButNotReady() {
    hub.draining = true;
    hub.sinceLastPoll = Duration.ofHours(1);

    assertUp("durable-dispatcher", health.liveness());
    assertDown("draining", health.readiness());
  }

  @Test
  void aNodeThatIsDrainedIsAliveButNotReadyUntilItIsResumed() {
    hub.draining = true;
    assertUp("durable-dispatcher", health.liveness());
    assertUp("durable-startup", health.startup());
    assertDown("draining", health.readiness());

    hub.draining = false;
    assertUp("durable-store", health.readiness());
  }

  private static void assertUp(String name, HealthCheckResponse response) {
    assertThat(response.getName()).isEqualTo(name);
    assertThat(response.getStatus()).isEqualTo(Status.UP);
  }

  private static void assertDown(String reason, HealthCheckResponse response) {
    assertThat(response.getStatus()).isEqualTo(Status.DOWN);
    assertThat(response.getData().orElseThrow()).containsEntry("reason", reason);
  }

  private static final class Hub implements TaskHubStatus {

    private boolean started = true;
    private boolean storeReachable = true;
    private boolean draining;
    private Duration sinceLastPoll = Duration.ofSeconds(1);
    private Duration pollingInterval = Duration.ofSeconds(1);
    private Optional<String> problem = Optional.empty();

    @Override
    public boolean started() {
      return started;
    }

    @Override
    public Instant lastPollAt() {
      return Instant.EPOCH;
    }

    @Override
    public Duration sinceLastPoll() {
      return sinceLastPoll;
    }

    @Override
    public Duration pollingInterval() {
      return pollingInterval;
    }

    @Override
    public boolean storeReachable() {
      return storeReachable;
    }

    @Override
    public Optional<String> problem() {
      return problem;
    }

    @Override
    public String node() {
      return "node-1";
    }

    @Override
    public String taskHub() {
      return "default";
    }

    @Override
    public int schemaVersion() {
      return 1;
    }

    @Override
    public int activeLeases() {
      return 3;
    }

    @Override
    public boolean draining() {
      return draining;
    }
  }
}
