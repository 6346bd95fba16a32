package dev.durable.it.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.durable.it.server.LibertyServer;
import dev.durable.it.server.ManagementApi;
import dev.durable.it.server.Reply;
import dev.durable.it.server.SharedServer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
final class NodesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ManagementApi admin;
  private final String id = "nodes-" + UUID.randomUUID();

  NodesIT(LibertyServer server) {
    this.admin = server.api();
  }

  @AfterEach
  void theServerWorksForOtherTests() throws Exception {
    assertThat(admin.post("/nodes/self/resume").status()).isEqualTo(202);
  }

  @Test
  void aDrainedNodeIsAliveButNotReadyAndBeginsNothingUntilItIsResumed() throws Exception {
    String name = admin.api("/nodes/self").json().getString("name");

    Reply drained = admin.post("/nodes/self/drain");
    assertThat(drained.status()).isEqualTo(202);
    assertThat(drained.header("Location")).isEqualTo(admin.address("/nodes/" + name));
    await("drained").atMost(PATIENCE).until(() -> state().equals("Drained"));
    assertThat(admin.order(id, Orders.ACCEPTED).status()).isEqualTo(202);
    Reply ready = admin.asNobody().get("/health/ready");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.body()).contains("\"draining\"");
    assertThat(admin.asNobody().get("/health/live").status()).isEqualTo(200);
    assertThat(admin.api("/instances/" + id).json().getString("runtimeStatus"))
        .isEqualTo("Pending");

    assertThat(admin.post("/nodes/" + name + "/resume").status()).isEqualTo(202);
    assertThat(admin.awaitEnd(id).getString("runtimeStatus")).isEqualTo("Completed");
    assertThat(state()).isEqualTo("Running");
    assertThat(admin.asNobody().get("/health/ready").status()).isEqualTo(200);
  }

  private String state() throws Exception {
    return admin.api("/nodes/self").json().getString("state");
  }

  @Test
  void aNodeSaysWhatItCanRun() throws Exception {
    JsonObject self = admin.api("/nodes/self").json();

    assertThat(self.getBoolean("self")).isTrue();
    assertThat(self.getJsonObject("orchestrators")).containsKey("fulfil-order");
    assertThat(self.getJsonObject("orchestrationSlots").getInt("total")).isPositive();
    assertThat(admin.api("/nodes").body()).contains(self.getString("name"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nodes", "/nodes/self", "/partitions", "/scale", "/watchdog"})
  void everyRoleMayLook(String path) throws Exception {
    assertThat(admin.as("viewer", "viewer").api(path).status()).isEqualTo(200);
    assertThat(admin.as("operator", "operator").api(path).status()).isEqualTo(200);
    assertThat(admin.as("stranger", "stranger").api(path).status()).isEqualTo(403);
    assertThat(admin.asNobody().api(path).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nodes/self/drain", "/nodes/self/resume"})
  void onlyAnAdministratorTakesNodesOutOfWork(String path) throws Exception {
    assertThat(admin.as("viewer", "viewer").post(path).status()).isEqualTo(403);
    Reply refused = admin.as("operator", "operator").post(path);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().getString("detail")).contains("nodes/{node}/drain");
    assertThat(state()).isEqualTo("Running");
  }

  @Test
  void aNodeThatIsNotThereIsNotFound() throws Exception {
    Reply reply = admin.post("/nodes/nobody/drain");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().getString("type")).isEqualTo("urn:durable:problem:node-not-found");
    assertThat(admin.post("/nodes/no%20body/drain").status()).isEqualTo(400);
  }

  @Test
  void theAdviceHasANumberForAutoscalers() throws Exception {
    JsonObject advice = admin.api("/scale").json();

    assertThat(advice.getInt("recommendedNodes")).isNotNegative();
    assertThat(advice.getInt("liveNodes")).isPositive();
    assertThat(advice.getString("reason")).isNotBlank();
  }
}
