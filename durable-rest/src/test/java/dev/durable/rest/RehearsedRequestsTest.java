package dev.durable.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests to an engine that really does what they ask for. */
class RehearsedRequestsTest {

  private final RehearsedHub hub = new RehearsedHub();
  private final Requests requests = new Requests(hub.client);

  // ---- refusals

  @Test
  void aVersionThatIsNotDeployedIsToldTogetherWithThoseThatAre() {
    Answer answer = requests.send("POST /orchestrators/order/o?version=3");

    assertProblem(answer, 400, "unknown-version");
    assertThat(Statuses.object(answer).getString("detail")).contains("3", "1, 2");
    assertThat(hub.client.status("o")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ifExists=maybe",
    "ifExists=replace_finished",
    "version=1:0",
    "version=(none)",
    "tag=customer",
    "tag==ada",
    "startAt=tomorrow",
    "timeout=-1"
  })
  void aSenselessStartIsRefusedAndStartsNothing(String query) {
    assertProblem(requests.send("POST /orchestrators/order/o?" + query), 400, "invalid-parameter");
    assertThat(hub.client.status("o")).isEmpty();
  }

  @Test
  void anUnknownOrchestratorIsNotFoundWhateverItsVersion() {
    Answer answer = requests.send("POST /orchestrators/ordre/o?version=3");

    assertProblem(answer, 404, "unknown-orchestrator");
  }

  @Test
  void anIdThatIsUsedOnceIsRefusedWithAdviceThatHelps() {
    hub.bring("o", RuntimeStatus.COMPLETED);

    Answer answer = requests.send("POST /orchestrators/order/o?ifExists=reject");

    assertProblem(answer, 409, "instance-already-exists");
    assertThat(Statuses.object(answer).getString("detail")).contains("purge");
  }

  @ParameterizedTest
  @CsvSource({
    "POST /instances/o/terminate?cascade=perhaps",
    "POST /instances/o/terminate?force=1",
    "POST /instances/o/restart?restartWithNewInstanceId=no",
    "POST /instances/o/restart?newInstanceId=o&restartWithNewInstanceId=false",
    "DELETE /instances?name=order&top=5",
    "DELETE /instances?all=yes"
  })
  void aSenselessActionIsRefusedAndDoesNothing(String request) {
    hub.bring("o", RuntimeStatus.RUNNING);

    Answer answer = requests.send(request);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.mediaType()).isEqualTo(Problem.MEDIA_TYPE);
    assertThat(hub.status("o").runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
  }

  @Test
  void aRestartDoesNotTakeAnIdThatIsTaken() {
    hub.bring("o", RuntimeStatus.COMPLETED);
    hub.bring("p", RuntimeStatus.COMPLETED);

    assertProblem(
        requests.send("POST /instances/o/restart?newInstanceId=p"), 409, "instance-already-exists");
    assertProblem(
        requests.send("POST /instances/o/restart?newInstanceId=a%20b"), 400, "invalid-instance-id");
  }

  @Test
  void anInstanceWhoseOrchestratorIsGoneCannotBeRestarted() {
    hub.bring("o", RuntimeStatus.COMPLETED);
    hub.undeploy();

    assertProblem(requests.send("POST /instances/o/restart"), 404, "unknown-orchestrator");
  }

  // ---- what is done

  @Test
  void anEventIsTakenOnceUnderOneId() {
    requests.send("POST /orchestrators/order/o");
    requests.send("POST /instances/o/raiseEvent/go?eventId=7");
    assertThat(requests.send("POST /instances/o/raiseEvent/end?eventId=7").status()).isEqualTo(202);
    hub.work();
    assertThat(hub.status("o").runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);

    requests.send("POST /instances/o/raiseEvent/end?eventId=8");
    hub.work();
    assertThat(hub.status("o").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void aBlockedInstanceSaysWhy() {
    hub.bring("o", RuntimeStatus.BLOCKED);

    JsonObject status =
        Statuses.object(new Instances(hub.client).status("o", Statuses.NO_QUERY, Statuses.LINKS));

    assertThat(status.getString("runtimeStatus")).isEqualTo("Blocked");
    assertThat(status.getString("version")).isEqualTo("2");
    assertThat(status.isNull("completedTime")).isTrue();
    assertThat(status.getJsonObject("failure").getString("type"))
        .isEqualTo("dev.durable.VersionMismatchException");
  }

  @Test
  void instancesAreFoundByVersionTagAndStatus() {
    requests.send("POST /orchestrators/order/a?version=1&tag=customer=ada&tag=region=eu");
    requests.send("POST /orchestrators/order/b?tag=customer=ada");
    requests.send("POST /orchestrators/order/c?tag=customer=bob");
    hub.work();
    requests.send("POST /instances/b/suspend");
    hub.work();

    assertThat(found("tag", "customer=ada")).containsExactlyInAnyOrder("a", "b");
    assertThat(found("version", "1")).containsExactly("a");
    assertThat(found("version", "(none)")).isEmpty();
    assertThat(found("runtimeStatus", "Suspended,Blocked")).containsExactly("b");
    assertThat(found("name", "order")).hasSize(3);
    assertThat(found("name", "orders")).isEmpty();
    assertThat(found("parentInstanceId", "a")).isEmpty();
  }

  @Test
  void aPurgeTakesTheFinishedOnesThatFit() {
    requests.send("POST /orchestrators/order/a?tag=customer=ada");
    requests.send("POST /orchestrators/order/b?tag=customer=ada");
    requests.send("POST /orchestrators/order/c?tag=customer=bob");
    hub.work();
    requests.send("POST /instances/a/terminate");
    requests.send("POST /instances/c/terminate");
    hub.work();

    Answer answer = requests.send("DELETE /instances?tag=customer=ada");
    assertThat(answer.body()).isEqualTo("{\"instancesDeleted\":1}");
    assertThat(found("name", "order")).containsExactlyInAnyOrder("b", "c");

    assertThat(requests.send("DELETE /instances?all=true").body())
        .isEqualTo("{\"instancesDeleted\":1}");
    assertThat(found("name", "order")).containsExactly("b");
  }

  private List<String> found(String parameter, String value) {
    Query query = Statuses.query(parameter, value);
    return Statuses.array(new Instances(hub.client).list(query, null, Statuses.LINKS))
        .getValuesAs(JsonObject.class)
        .stream()
        .map(instance -> instance.getString("instanceId"))
        .toList();
  }

  private static void assertProblem(Answer answer, int status, String kind) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.mediaType()).isEqualTo(Problem.MEDIA_TYPE);
    assertThat(Statuses.object(answer).getString("type")).isEqualTo("urn:durable:problem:" + kind);
  }
}
