package dev.durable.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.it.server.LibertyServer;
import dev.durable.it.server.ManagementApi;
import dev.durable.it.server.Reply;
import dev.durable.it.server.SharedServer;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What docs/life-cycle.md promises of each action, asked of a server. */
@ExtendWith(SharedServer.class)
final class InstanceActionsIT {

  private static final String WITHOUT_CARD = "{\"customer\":\"nobody\"}";

  private final ManagementApi api;
  private final String id = "actions-" + UUID.randomUUID();
  private final String start = "/orchestrators/fulfil-order/" + id;
  private final String instance = "/instances/" + id;

  InstanceActionsIT(LibertyServer server) {
    this.api = server.api();
  }

  // ---- start

  @Test
  void anIdThatMayBeUsedOnceIsUsedOnce() throws Exception {
    assertThat(post(start + "?ifExists=reject", WITHOUT_CARD).status()).isEqualTo(202);
    api.awaitEnd(id);
    assertRefused(post(start + "?ifExists=reject", WITHOUT_CARD), 409, "Failed");
    assertThat(post(start, WITHOUT_CARD).status()).isEqualTo(202);
  }

  @Test
  void aStartMayBeRepeatedWithoutThought() throws Exception {
    String query = "?ifExists=return-existing";
    String first = waiting();
    assertThat(post(start + query, "{}").status()).isEqualTo(202);
    assertThat(executionId()).isEqualTo(first);

    post(instance + "/raiseEvent/approval", Orders.NO);
    Reply result = post(start + query + "&timeout=60", "{}");
    assertThat(result.status()).as(result.body()).isEqualTo(200);
    assertThat(result.json().getString("outcome")).isEqualTo("REFUSED");
    assertThat(executionId()).isEqualTo(first);
  }

  @Test
  void anInstanceThatRunsIsReplacedOnlyOnRequest() throws Exception {
    String first = waiting();
    assertRefused(post(start, "{}"), 409, "Running");
    assertThat(post(start + "?ifExists=terminate-and-replace", order()).status()).isEqualTo(202);
    assertThat(executionId()).isNotEqualTo(first);
    awaitApproval();
  }

  // ---- while it runs

  @Test
  void aSuspendedOrderKeepsItsApprovalUntilItIsResumed() throws Exception {
    waiting();
    assertThat(api.post(instance + "/suspend?reason=stocktaking").status()).isEqualTo(202);
    awaitStatus("Suspended");
    assertThat(post(instance + "/raiseEvent/approval", Orders.YES).status()).isEqualTo(202);
    assertThat(api.post(instance + "/suspend").status()).isEqualTo(202);
    assertThat(listed("runtimeStatus=Suspended&instanceIdPrefix=" + id)).containsExactly(id);

    assertThat(api.post(instance + "/resume?reason=counted").status()).isEqualTo(202);
    Orders.assertCompleted(api.awaitEnd(id), "SHIPPED");
    assertRefused(api.post(instance + "/suspend"), 410, "Completed");
    assertRefused(api.post(instance + "/resume"), 410, "Completed");
  }

  @Test
  void anApprovalThatIsSentTwiceCountsOnce() throws Exception {
    waiting();
    api.post(instance + "/suspend");
    awaitStatus("Suspended");
    String event = instance + "/raiseEvent/approval";
    assertThat(api.postOnce(event, "letter 7", Orders.YES).status()).isEqualTo(202);
    assertThat(api.postOnce(event, "letter 7", Orders.NO).status()).isEqualTo(202);
    assertThat(post(event + "?eventId=letter%207", Orders.NO).status()).isEqualTo(202);
    api.post(instance + "/resume");

    Orders.assertCompleted(api.awaitEnd(id), "SHIPPED");
    assertThat(eventTypes().stream().filter("EventRaised"::equals)).hasSize(1);
  }

  @Test
  void anInstanceIsEndedAtOnceByForce() throws Exception {
    assertThat(post(start + "?startAt=9999-01-01T00:00:00Z", order()).status()).isEqualTo(202);
    assertThat(api.post(instance + "/terminate?force=true&reason=never").status()).isEqualTo(202);
    Reply ended = api.api(instance);
    assertThat(ended.status()).isEqualTo(200);
    assertThat(ended.json().getString("runtimeStatus")).isEqualTo("Terminated");
    assertThat(ended.json().getJsonObject("failure").getString("message")).contains("never");
    assertRefused(api.post(instance + "/terminate?force=true"), 410, "Terminated");
  }

  @Test
  void anInstanceIsEndedWithoutItsSubOrchestrations() throws Exception {
    waiting();
    assertThat(api.post(instance + "/terminate?cascade=false").status()).isEqualTo(202);
    awaitStatus("Terminated");
  }

  // ---- when it has ended

  @Test
  void aFailedInstanceRunsAgainWhenItIsRewound() throws Exception {
    post(start, WITHOUT_CARD);
    JsonObject failed = api.awaitEnd(id);
    assertThat(api.post(instance + "/rewind?reason=once%20more").status()).isEqualTo(202);
    JsonObject again =
        api.awaitInstance(
            id,
            "has failed again",
            one ->
                !one.isNull("completedTime")
                    && !one.getString("completedTime").equals(failed.getString("completedTime")));
    assertThat(again.getString("runtimeStatus")).isEqualTo("Failed");
    assertThat(again.getString("createdTime")).isEqualTo(failed.getString("createdTime"));
    assertThat(eventTypes()).contains("ExecutionRewound");
  }

  @Test
  void onlyAFailedInstanceIsRewound() throws Exception {
    waiting();
    assertRefused(api.post(instance + "/rewind"), 409, "Running");
    post(instance + "/raiseEvent/approval", Orders.NO);
    api.awaitEnd(id);
    assertRefused(api.post(instance + "/rewind"), 410, "Completed");
  }

  @Test
  void anInstanceIsRestartedUnderItsIdWhenItHasFinished() throws Exception {
    String again = instance + "/restart?restartWithNewInstanceId=false";
    String first = waiting();
    assertRefused(api.post(again), 409, "Running");
    post(instance + "/raiseEvent/approval", Orders.NO);
    api.awaitEnd(id);

    assertThat(api.post(again).status()).isEqualTo(202);
    assertThat(executionId()).isNotEqualTo(first);
    awaitApproval();
    assertThat(api.api(instance).json().getJsonObject("input").getString("customer")).isNotEmpty();
  }

  @Test
  void anInstanceIsRestartedUnderAnotherIdAtAnyTime() throws Exception {
    waiting("?tag=batch=" + id);
    Reply named = api.post(instance + "/restart?newInstanceId=" + id + "-b");
    assertThat(named.status()).isEqualTo(202);
    assertThat(named.json().getString("id")).isEqualTo(id + "-b");
    Reply random = api.post(instance + "/restart");
    assertThat(random.status()).isEqualTo(202);
    String randomId = random.json().getString("id");
    assertThat(URI.create(random.header("Location")).getPath()).endsWith(randomId);

    assertThat(listed("tag=batch=" + id)).containsExactly(randomId, id + "-b", id);
    assertThat(api.post(instance + "/restart?newInstanceId=" + id).status()).isEqualTo(409);
  }

  @Test
  void aFinishedInstanceIsPurged() throws Exception {
    waiting();
    assertRefused(api.delete(instance), 409, "Running");
    api.post(instance + "/terminate?force=true");

    Reply purged = api.delete(instance);
    assertThat(purged.status()).as(purged.body()).isEqualTo(200);
    assertThat(purged.json().getInt("instancesDeleted")).isEqualTo(1);
    assertThat(api.api(instance).status()).isEqualTo(404);
    assertThat(api.delete(instance).status()).isEqualTo(404);
  }

  @Test
  void theFinishedOnesThatFitArePurgedAndTheOthersStay() throws Exception {
    String tags = "?tag=batch=" + id + "&tag=region=eu";
    post(start + "-a" + tags, WITHOUT_CARD);
    post(start + "-b" + tags, WITHOUT_CARD);
    post(start + "-c?tag=batch=" + id, WITHOUT_CARD);
    post(start + "-d" + tags, order());
    for (String end : new String[] {"-a", "-b", "-c"}) {
      api.awaitEnd(id + end);
    }
    String filter = "tag=region=eu&tag=batch=" + id;
    assertThat(listed(filter)).containsExactly(id + "-d", id + "-b", id + "-a");

    Reply purged = api.delete("/instances?" + filter);
    assertThat(purged.status()).as(purged.body()).isEqualTo(200);
    assertThat(purged.json().getInt("instancesDeleted")).isEqualTo(2);
    assertThat(api.delete("/instances?" + filter).json().getInt("instancesDeleted")).isZero();
    assertThat(listed("tag=batch=" + id)).containsExactly(id + "-d", id + "-c");
  }

  @Test
  void instancesAreFoundByNameVersionAndParent() throws Exception {
    waiting();
    String mine = "&instanceIdPrefix=" + id;
    assertThat(listed("name=fulfil-order" + mine)).containsExactly(id);
    assertThat(listed("name=other" + mine)).isEmpty();
    assertThat(listed("version=(none)" + mine)).containsExactly(id);
    assertThat(listed("version=1" + mine)).isEmpty();
    assertThat(listed("parentInstanceId=" + id)).isEmpty();
    assertThat(listed("runtimeStatus=Blocked,Suspended" + mine)).isEmpty();
  }

  @Test
  void theDescriptionOfTheApiHasEveryAction() throws Exception {
    assertThat(api.get("/openapi").body())
        .contains(
            "/{instanceId}/raiseEvent/{eventName}",
            "/{instanceId}/suspend",
            "/{instanceId}/resume",
            "/{instanceId}/terminate",
            "/{instanceId}/rewind",
            "/{instanceId}/restart",
            "operationId: purgeInstances",
            "terminate-and-replace");
  }

  // ---- instances

  /** Starts an order that waits for its approval; gives the id of its execution. */
  private String waiting() throws Exception {
    return waiting("");
  }

  private String waiting(String query) throws Exception {
    assertThat(post(start + query, order()).status()).isEqualTo(202);
    awaitApproval();
    return executionId();
  }

  private static String order() throws Exception {
    return Files.readString(Orders.NEEDS_APPROVAL);
  }

  private void awaitApproval() {
    api.awaitInstance(
        id,
        "waits for its approval",
        one ->
            !one.isNull("customStatus")
                && one.getString("customStatus").equals("waiting for approval"));
  }

  private void awaitStatus(String status) {
    api.awaitInstance(id, "is " + status, one -> one.getString("runtimeStatus").equals(status));
  }

  private String executionId() throws Exception {
    return api.api(instance).json().getString("executionId");
  }

  private List<String> eventTypes() throws Exception {
    return api
        .api(instance + "?showHistory=true")
        .json()
        .getJsonArray("historyEvents")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(event -> event.getString("EventType"))
        .toList();
  }

  private List<String> listed(String filter) throws Exception {
    Reply list = api.api("/instances?" + filter);
    assertThat(list.status()).as(list.body()).isEqualTo(200);
    return list.array().getValuesAs(JsonObject.class).stream()
        .map(one -> one.getString("instanceId"))
        .toList();
  }

  private Reply post(String path, String json) throws Exception {
    return api.post(path, json);
  }

  private static void assertRefused(Reply reply, int status, String currentStatus) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().getString("currentStatus")).isEqualTo(currentStatus);
  }
}
