package dev.durable.rest;

import static dev.durable.rest.Statuses.LINKS;
import static dev.durable.rest.Statuses.NO_QUERY;
import static dev.durable.rest.Statuses.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import dev.durable.StartPolicy;
import dev.durable.UnknownFunctionException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrchestratorsTest {

  private static final String STATUS = "http://localhost:9080/durable/api/v1/instances/order-17";

  private final FakeClient client = new FakeClient();
  private final Orchestrators orchestrators = new Orchestrators(client, new Waiting(client));

  @Test
  void namesAreAnArrayInOrder() {
    assertThat(orchestrators.names().body()).isEqualTo("[\"fulfil-order\",\"greet\"]");
  }

  @Test
  void aStartIsAcceptedWithALinkForEveryAction() {
    Answer answer =
        orchestrators.start("fulfil-order", "order-17", NO_QUERY, "{\"a\": 1.0}", LINKS);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.headers())
        .containsEntry("Location", STATUS)
        .containsEntry("Retry-After", "1");
    assertThat(Statuses.object(answer).keySet())
        .containsExactly(
            "id",
            "statusQueryGetUri",
            "sendEventPostUri",
            "terminatePostUri",
            "purgeHistoryDeleteUri",
            "restartPostUri",
            "suspendPostUri",
            "resumePostUri",
            "rewindPostUri");
    assertThat(Statuses.object(answer).getString("id")).isEqualTo("order-17");
    assertThat(Statuses.object(answer).getString("statusQueryGetUri")).isEqualTo(STATUS);
    assertThat(Statuses.object(answer).getString("sendEventPostUri"))
        .isEqualTo(STATUS + "/raiseEvent/{eventName}");
    assertThat(Statuses.object(answer).getString("terminatePostUri"))
        .isEqualTo(STATUS + "/terminate?reason={text}");
    assertThat(Statuses.object(answer).getString("rewindPostUri"))
        .isEqualTo(STATUS + "/rewind?reason={text}");
    assertThat(Statuses.object(answer).getString("purgeHistoryDeleteUri")).isEqualTo(STATUS);
  }

  @Test
  void theBodyReachesTheClientAsItIs() {
    orchestrators.start("greet", null, NO_QUERY, " {\"a\": 1.00} ", LINKS);
    orchestrators.start("greet", null, NO_QUERY, null, LINKS);

    assertThat(client.calls).containsExactly("start greet  {\"a\": 1.00} ", "start greet null");
  }

  @Test
  void aStartTimeIsPassedOn() {
    orchestrators.start("greet", "g", query("startAt", "2026-01-31T12:00:00+02:00"), null, LINKS);

    assertThat(client.lastOptions.startAt()).isEqualTo(Instant.parse("2026-01-31T10:00:00Z"));
  }

  @Test
  void policyVersionAndTagsArePassedOn() {
    Query query =
        new Query(
            Map.of(
                "ifExists",
                List.of("Terminate-And-Replace"),
                "version",
                List.of("2.0-rc_1"),
                "tag",
                List.of("customer=ada", "sum=1+1=2", "empty=")));

    orchestrators.start("greet", "g", query, null, LINKS);

    assertThat(client.lastOptions.policy()).isEqualTo(StartPolicy.TERMINATE_AND_REPLACE);
    assertThat(client.lastOptions.version()).isEqualTo("2.0-rc_1");
    assertThat(client.lastOptions.tags())
        .isEqualTo(Map.of("customer", "ada", "sum", "1+1=2", "empty", ""));
  }

  @Test
  void whoSaysNothingReplacesAFinishedInstanceByTheNewestVersionWithoutTags() {
    orchestrators.start("greet", "g", query("ifExists", " ", "version", ""), null, LINKS);

    assertThat(client.lastOptions).isEqualTo(StartOptions.withId("g"));
  }

  @Test
  void anUnknownNameIsLeftToTheProblemMapper() {
    assertThatThrownBy(() -> orchestrators.start("nope", null, NO_QUERY, null, LINKS))
        .isInstanceOf(UnknownFunctionException.class);
  }

  @Test
  void waitingGivesTheBareOutput() {
    client.with(Statuses.of("order-17", RuntimeStatus.COMPLETED));

    Answer answer =
        orchestrators.start(
            "fulfil-order",
            "order-17",
            query("timeout", "1.5", "pollingInterval", "1"),
            null,
            LINKS);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"receipt\":\"R-1\"}");
    assertThat(client.calls).contains("await order-17 PT1.5S");
  }

  @Test
  void waitingForOneThatFailsGivesItsStatus() {
    client.with(Statuses.of("order-17", RuntimeStatus.FAILED));

    Answer answer =
        orchestrators.start("fulfil-order", "order-17", query("timeout", "5"), null, LINKS);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(Statuses.object(answer).getString("runtimeStatus")).isEqualTo("Failed");
  }

  @Test
  void waitingInVainGivesWhatNotWaitingGives() {
    client.with(Statuses.of("order-17", RuntimeStatus.RUNNING));

    Answer answer =
        orchestrators.start("fulfil-order", "order-17", query("timeout", "5"), null, LINKS);

    assertThat(answer)
        .isEqualTo(orchestrators.start("fulfil-order", "order-17", NO_QUERY, null, LINKS));
  }

  @Test
  void whoseWaitFailsIsStillToldWhatWasStarted() {
    client.failureOfWaiting = new IllegalStateException("the database is gone");

    Answer answer = orchestrators.start("greet", null, query("timeout", "5"), null, LINKS);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(Statuses.object(answer).getString("id")).isEqualTo("random-id");
  }

  @Test
  void whoFindsNoSeatDoesNotWait() {
    client.with(Statuses.of("order-17", RuntimeStatus.COMPLETED));
    Orchestrators full = new Orchestrators(client, new Waiting(client, 0));

    Answer answer = full.start("fulfil-order", "order-17", query("timeout", "5"), null, LINKS);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(client.calls).noneMatch(call -> call.startsWith("await"));
  }

  @Test
  void aWaiterGivesItsSeatBackAlsoWhenItWaitedInVain() {
    client.with(Statuses.of("order-17", RuntimeStatus.RUNNING));
    Orchestrators oneSeat = new Orchestrators(client, new Waiting(client, 1));
    oneSeat.start("fulfil-order", "order-17", query("timeout", "5"), null, LINKS);
    client.with(Statuses.of("order-17", RuntimeStatus.COMPLETED));

    Answer answer = oneSeat.start("fulfil-order", "order-17", query("timeout", "5"), null, LINKS);

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void aBadParameterStartsNothing() {
    for (String parameter :
        new String[] {"startAt", "timeout", "pollingInterval", "ifExists", "tag"}) {
      assertThatThrownBy(
              () -> orchestrators.start("greet", null, query(parameter, "soon"), null, LINKS))
          .isInstanceOf(Refusal.class);
    }
    assertThat(client.calls).isEmpty();
  }
}
