package dev.durable.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.it.server.LibertyServer;
import dev.durable.it.server.ManagementApi;
import dev.durable.it.server.Reply;
import dev.durable.it.server.SharedServer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServer.class)
final class AccessIT {

  private final LibertyServer server;
  private final ManagementApi admin;
  private final String id = "access-" + UUID.randomUUID();
  private final String start = "/orchestrators/fulfil-order/" + id;

  AccessIT(LibertyServer server) {
    this.server = server;
    this.admin = server.api();
  }

  @Test
  void whoeverSaysNothingOfHimselfIsAskedForCredentials() throws Exception {
    Reply look = admin.asNobody().api("/instances");
    assertThat(look.status()).isEqualTo(401);
    assertThat(look.header("WWW-Authenticate")).startsWith("Basic");
    assertThat(admin.asNobody().post(start, "{}").status()).isEqualTo(401);
    assertNotStarted();
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    assertThat(admin.as("admin", "wrong").api("/instances").status()).isEqualTo(401);
    assertThat(admin.as("admin", "wrong").post(start, "{}").status()).isEqualTo(401);
    assertNotStarted();
  }

  @Test
  void aStrangerMayNothing() throws Exception {
    ManagementApi stranger = admin.as("stranger", "stranger");
    assertThat(stranger.api("/instances").status()).isEqualTo(403);
    assertThat(stranger.post(start, "{}").status()).isEqualTo(403);
    assertNotStarted();
  }

  @Test
  void aViewerMayLookAndChangeNothing() throws Exception {
    admin.order(id, Orders.NEEDS_APPROVAL);
    ManagementApi viewer = admin.as("viewer", "viewer");
    assertThat(viewer.api("/instances/" + id).status()).isEqualTo(202);
    assertThat(viewer.api("/instances").status()).isEqualTo(200);
    Reply event = viewer.post("/instances/" + id + "/raiseEvent/approval", Orders.YES);
    assertThat(event.status()).isEqualTo(403);
    assertThat(event.header("Content-Type")).startsWith("application/problem+json");
    for (String action : new String[] {"suspend", "resume", "terminate", "rewind", "restart"}) {
      assertThat(viewer.post("/instances/" + id + "/" + action).status()).isEqualTo(403);
    }
    assertThat(viewer.delete("/instances/" + id).status()).isEqualTo(403);
    assertThat(viewer.delete("/instances?instanceIdPrefix=" + id).status()).isEqualTo(403);
    assertThat(viewer.post("/orchestrators/fulfil-order/" + id + "-b", "{}").status())
        .isEqualTo(403);
    assertThat(admin.api("/instances/" + id).json().getString("runtimeStatus"))
        .isIn("Pending", "Running");
  }

  @Test
  void anOperatorMayDoEverythingButPurge() throws Exception {
    ManagementApi operator = admin.as("operator", "operator");
    assertThat(operator.order(id, Orders.NEEDS_APPROVAL).status()).isEqualTo(202);
    assertThat(operator.post("/instances/" + id + "/terminate?force=true").status()).isEqualTo(202);
    Reply refused = operator.delete("/instances/" + id);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().getString("detail")).contains("DELETE needs durable-admin");
    assertThat(operator.delete("/instances?instanceIdPrefix=" + id).status()).isEqualTo(403);
    assertThat(admin.delete("/instances/" + id).status()).isEqualTo(200);
  }

  @Test
  void thePageOfAnotherSiteMayNotUseTheCredentialsOfTheBrowser() throws Exception {
    assertThat(admin.postForAnotherSite(start, "{}").status()).isEqualTo(403);
    assertNotStarted();
  }

  @Test
  void answersAreNeitherKeptNorTakenForAnythingElse() throws Exception {
    Reply reply = admin.api("/instances");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void theDevelopmentConfigurationListensOnTheLoopbackInterfaceOnly() {
    assertThat(server.messages().lines().filter(line -> line.contains("CWWKO0219I")))
        .isNotEmpty()
        .allMatch(line -> line.contains("127.0.0.1"));
  }

  private void assertNotStarted() throws Exception {
    assertThat(admin.api("/instances/" + id).status()).isEqualTo(404);
  }
}
