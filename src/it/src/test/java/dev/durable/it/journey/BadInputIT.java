package dev.durable.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.it.server.LibertyServer;
import dev.durable.it.server.ManagementApi;
import dev.durable.it.server.Reply;
import dev.durable.it.server.SharedServer;
import jakarta.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
final class BadInputIT {

  private static final String START = "/orchestrators/fulfil-order/";

  private final ManagementApi api;
  private final String id = "bad-" + UUID.randomUUID();

  BadInputIT(LibertyServer server) {
    this.api = server.api();
  }

  @Test
  void anUnknownOrchestratorIsToldTogetherWithTheKnownOnes() throws Exception {
    Reply reply = api.post("/orchestrators/fulfill-order/" + id, "{}");
    assertProblem(reply, 404, "unknown-orchestrator");
    assertThat(reply.json().getJsonArray("knownNames").toString())
        .isEqualTo("[\"audit\",\"fulfil-order\",\"open-accounts\",\"transfer\",\"transfer-load\"]");
    assertNotStarted();
  }

  @Test
  void malformedJsonIsToldWithItsPlace() throws Exception {
    Reply reply = api.post(START + id, "{\"customer\":\"Ada\",\n  \"lines\": [1,,2]}");
    assertProblem(reply, 400, "malformed-payload");
    assertThat(reply.json().getString("detail")).contains("line").contains("2");
    assertNotStarted();
  }

  @Test
  void anotherTypeThanJsonIsRefused() throws Exception {
    assertThat(api.post(START + id, "text/xml", "<order/>").status()).isEqualTo(415);
    assertNotStarted();
  }

  @Test
  void aBodyOverTheLimitIsRefused() throws Exception {
    String big = "{\"customer\":\"" + "x".repeat(1_048_576) + "\"}";
    assertProblem(api.post(START + id, big), 413, "payload-too-large");
    assertNotStarted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%20b", "a%3Cb%3E", "%E2%98%83"})
  void anIdWithForbiddenCharactersIsRefused(String bad) throws Exception {
    assertProblem(api.post(START + bad, "{}"), 400, "invalid-instance-id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%00b", "a%01b"})
  void anAddressWithControlCharactersIsRefused(String bad) throws Exception {
    assertThat(api.post(START + bad, "{}").status()).isEqualTo(400); // the server's own answer
  }

  @Test
  void anIdThatTheServerWouldCutIsRefused() throws Exception {
    assertProblem(api.post(START + id + ";1", "{}"), 400, "malformed-address");
    assertNotStarted();
  }

  @Test
  void anIdThatIsTooLongIsRefused() throws Exception {
    assertProblem(api.post(START + "x".repeat(201), "{}"), 400, "invalid-instance-id");
  }

  @Test
  void theIdOfARunningInstanceIsRefused() throws Exception {
    api.order(id, Orders.NEEDS_APPROVAL);
    Reply reply = api.order(id, Orders.ACCEPTED);
    assertProblem(reply, 409, "instance-already-exists");
    assertThat(reply.json().getString("instanceId")).isEqualTo(id);
    api.post("/instances/" + id + "/raiseEvent/approval", Orders.YES);
    Orders.assertCompleted(api.awaitEnd(id), "SHIPPED");
  }

  @Test
  void anEventToAFinishedInstanceIsRefused() throws Exception {
    api.order(id, Orders.ACCEPTED);
    api.awaitEnd(id);
    Reply reply = api.post("/instances/" + id + "/raiseEvent/approval", Orders.YES);
    assertProblem(reply, 410, "instance-finished");
    assertThat(reply.json().getString("currentStatus")).isEqualTo("Completed");
  }

  @Test
  void anEventOverTheLimitIsRefused() throws Exception {
    String big = "{\"by\":\"" + "x".repeat(1_048_576) + "\"}";
    Reply reply = api.post("/instances/" + id + "/raiseEvent/approval", big);
    assertProblem(reply, 413, "payload-too-large");
  }

  @Test
  void anEventToAnUnknownInstanceIsRefused() throws Exception {
    Reply reply = api.post("/instances/" + id + "/raiseEvent/approval", Orders.YES);
    assertProblem(reply, 404, "instance-not-found");
  }

  @Test
  void anUnknownInstanceIsNotFound() throws Exception {
    assertProblem(api.api("/instances/" + id), 404, "instance-not-found");
    assertProblem(api.post("/instances/" + id + "/terminate", ""), 404, "instance-not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runtimeStatus=Sleeping",
        "top=0",
        "top=1001",
        "top=many",
        "createdTimeFrom=yesterday",
        "continuationToken=forged",
        "name=a%20b",
        "name=%00",
        "version=1:0",
        "parentInstanceId=%00",
        "tag=customer",
        "tag=a=%00"
      })
  void aQueryThatCannotBeAnsweredIsRefused(String query) throws Exception {
    Reply reply = api.api("/instances?" + query);
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.header("Content-Type"))
        .as(reply.body())
        .startsWith("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ifExists=sometimes",
        "version=1:0",
        "version=9",
        "tag=customer",
        "tag=a%20b=c",
        "tag=a=1&tag=a=2",
        "startAt=tomorrow",
        "timeout=0"
      })
  void aStartThatMakesNoSenseIsRefused(String query) throws Exception {
    Reply reply = api.post(START + id + "?" + query, "{}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertNotStarted();
  }

  @Test
  void anEventIdThatIsNoneIsRefused() throws Exception {
    String event = "/instances/" + id + "/raiseEvent/approval";
    assertProblem(api.post(event + "?eventId=a%00b", Orders.YES), 400, "invalid-parameter");
    assertProblem(
        api.post(event + "?eventId=" + "x".repeat(201), Orders.YES), 400, "invalid-parameter");
    assertProblem(api.postOnce(event + "?eventId=1", "2", Orders.YES), 400, "invalid-parameter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?all=yes", "?all=true&name=fulfil-order", "?runtimeStatus="})
  void aPurgeThatCouldMeanTooMuchIsRefused(String query) throws Exception {
    assertThat(api.delete("/instances" + query).status()).isEqualTo(400);
  }

  @Test
  void aPurgeWithAParameterThatItDoesNotKnowIsRefused() throws Exception {
    Reply reply = api.delete("/instances?instanceIdPrefix=" + id + "&runtimeStaus=Failed");
    assertProblem(reply, 400, "unknown-parameter");
  }

  @Test
  void anOrderThatIsNoneFailsTheInstanceAndNotTheServer() throws Exception {
    assertThat(api.post(START + id, "{\"lines\":\"none\"}").status()).isEqualTo(202);
    JsonObject end = api.awaitEnd(id);
    assertThat(end.getString("runtimeStatus")).isEqualTo("Failed");
    JsonObject failure = end.getJsonObject("failure");
    assertThat(failure.getString("type")).contains("PayloadException");
    assertThat(failure.getString("message")).contains("Order");
    assertThat(api.get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void anOrchestratorThatThrowsFailsWithItsFailureDetails() throws Exception {
    assertThat(api.post(START + id, "{\"customer\":\"nobody\"}").status()).isEqualTo(202);
    JsonObject end = api.awaitEnd(id);
    assertThat(end.getString("runtimeStatus")).isEqualTo("Failed");
    JsonObject failure = end.getJsonObject("failure");
    assertThat(failure.getString("type"))
        .isEqualTo("dev.durable.samples.orders.InvalidOrderException");
    assertThat(failure.getString("message")).contains("card is null");
    assertThat(failure.getString("stackTrace")).contains("OrderOrchestrations");
  }

  @Test
  void anEventThatCannotBeReadFailsTheInstanceAndNotTheServer() throws Exception {
    api.order(id, Orders.NEEDS_APPROVAL);
    assertThat(api.post("/instances/" + id + "/raiseEvent/approval", "[1]").status())
        .isEqualTo(202);
    JsonObject end = api.awaitEnd(id);
    assertThat(end.getString("runtimeStatus")).isEqualTo("Failed");
    assertThat(end.getJsonObject("failure").getString("type")).contains("PayloadException");
  }

  private void assertNotStarted() throws Exception {
    assertThat(api.api("/instances/" + id).status()).isEqualTo(404);
  }

  private static void assertProblem(Reply reply, int status, String kind) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type"))
        .as(reply.body())
        .startsWith("application/problem+json");
    JsonObject problem = reply.json();
    assertThat(problem.getString("type")).isEqualTo("urn:durable:problem:" + kind);
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("detail")).isNotBlank();
  }
}
