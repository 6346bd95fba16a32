package dev.durable.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.EntityId;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests about entities to an engine that really does what they ask for. */
class RehearsedEntitiesTest {

  private final RehearsedHub hub = new RehearsedHub();
  private final Requests requests = new Requests(hub.client);

  @Test
  void whatIsSignalledIsSeenInTheState() {
    signal("a", "", "2");
    signal("a", "", "3");
    hub.work();

    assertThat(requests.send("GET /entities/counter/a").body()).isEqualTo("{\"value\":5}");
  }

  @Test
  void aSignalUnderOneIdIsTakenOnce() {
    signal("a", "&signalId=order-17", "2");
    signal("a", "&signalId=order-17", "2");
    hub.work();
    signal("a", "&signalId=order-17", "2");
    signal("a", "&signalId=order-18", "2");
    hub.work();

    assertThat(requests.send("GET /entities/counter/a").body()).isEqualTo("{\"value\":4}");
  }

  @Test
  void aSignalForLaterWaitsAndIsCountedInTheStatus() {
    signal("a", "&at=2026-01-31T10:00:01Z", "2");
    hub.work();

    JsonObject status = Statuses.object(requests.send("GET /entities/counter/a/status"));

    assertThat(status.getInt("waitingOperations")).isEqualTo(1);
    assertThat(status.getBoolean("hasState")).isFalse();
  }

  @Test
  void aLockedEntitySaysWhoHasItAndKeepsSignalsUntilItIsReleased() {
    signal("a", "", "2");
    hub.work();
    hub.lock("counter@a", "audit-1");
    signal("a", "", "3");
    hub.work();

    JsonObject locked = Statuses.object(requests.send("GET /entities/counter/a"));
    assertThat(locked.getString("lockedBy")).isEqualTo("audit-1");
    JsonObject status = Statuses.object(requests.send("GET /entities/counter/a/status"));
    assertThat(status.getString("lockedBy")).isEqualTo("audit-1");
    assertThat(status.getJsonObject("state")).hasToString("{\"value\":2}");

    requests.send("POST /instances/audit-1/raiseEvent/end");
    hub.work();
    assertThat(requests.send("GET /entities/counter/a").body()).isEqualTo("{\"value\":5}");
  }

  @Test
  void aDeletedStateIsGoneAndTheEntityBeginsAnew() {
    signal("a", "", "2");
    requests.send("DELETE /entities/counter/a");
    hub.work();
    assertThat(requests.send("GET /entities/counter/a").status()).isEqualTo(404);

    signal("a", "", "3");
    hub.work();
    assertThat(requests.send("GET /entities/counter/a").body()).isEqualTo("{\"value\":3}");
  }

  @Test
  void anEntityThatIsNotDeployedAnyMoreCanStillBeLookedAtAndDeleted() {
    signal("a", "", "2");
    hub.work();
    hub.undeployEntity();

    assertThat(requests.send("GET /entities/counter/a").status()).isEqualTo(200);
    assertThat(requests.send("GET /entities/counter/a/status").status()).isEqualTo(200);
    assertThat(keys("GET /entities/counter")).containsExactly("a");
    assertThat(requests.send("DELETE /entities/counter/a").status()).isEqualTo(202);
    assertThat(requests.send("POST /entities/counter/a?op=add", "1").status()).isEqualTo(404);
  }

  // ---- lists

  @Test
  void listsHaveWhatTheFilterSays() {
    signal("a-1", "", "1");
    signal("a-2", "", "2");
    signal("b-1", "", "3");
    hub.work();
    requests.send("DELETE /entities/counter/a-2");
    hub.work();

    assertThat(keys("GET /entities")).containsExactly("a-1", "a-2", "b-1");
    assertThat(keys("GET /entities/counter?keyPrefix=a-")).containsExactly("a-1", "a-2");
    assertThat(keys("GET /entities/counter?withState=true")).containsExactly("a-1", "b-1");
    assertThat(keys("GET /entities/count")).isEmpty();
    assertThat(keys("GET /entities?lastOperationTimeFrom=2026-01-31T10:00:00Z")).hasSize(3);
    assertThat(keys("GET /entities?lastOperationTimeTo=2026-01-31T10:00:00Z")).isEmpty();
    assertThat(
            Statuses.array(requests.send("GET /entities/counter?fetchState=true"))
                .getJsonObject(2)
                .getJsonObject("state"))
        .hasToString("{\"value\":3}");
  }

  @Test
  void pagesFollowEachOtherByTheirTokens() {
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      signal("k" + i, "", "1");
      wanted.add("k" + i);
    }
    hub.work();

    List<String> found = new ArrayList<>();
    String token = "";
    do {
      Answer page = requests.send("GET /entities/counter?top=2&continuationToken=" + token);
      found.addAll(keys(page));
      token = page.headers().getOrDefault(Pages.TOKEN_HEADER, "");
    } while (!token.isEmpty());

    assertThat(found).isEqualTo(wanted);
  }

  @Test
  void aCleanUpSparesWhatHasAStateOrIsFresh() {
    signal("a", "", "1");
    signal("b", "", "1");
    requests.send("DELETE /entities/counter/b");
    hub.work();

    assertThat(requests.send("POST /entities/cleanup?emptyFor=PT1H").body())
        .isEqualTo("{\"removed\":0,\"releasedLocks\":0}");
    assertThat(hub.client.entityStatus(new EntityId("counter", "b"))).isPresent();

    hub.later(3601);
    assertThat(requests.send("POST /entities/cleanup?emptyFor=PT1H").body())
        .isEqualTo("{\"removed\":1,\"releasedLocks\":0}");
    assertThat(keys("GET /entities")).containsExactly("a");
  }

  private void signal(String key, String parameters, String body) {
    String request = "POST /entities/counter/" + key + "?op=add" + parameters;
    assertThat(requests.send(request, body).status()).isEqualTo(202);
  }

  private List<String> keys(String request) {
    return keys(requests.send(request));
  }

  private static List<String> keys(Answer page) {
    JsonArray entities = Statuses.array(page);
    return entities.getValuesAs(JsonObject.class).stream()
        .map(entity -> entity.getJsonObject("entityId").getString("key"))
        .toList();
  }
}
