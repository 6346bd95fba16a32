package dev.durable.rest;

import static dev.durable.rest.Statuses.LINKS;
import static dev.durable.rest.Statuses.NO_QUERY;
import static dev.durable.rest.Statuses.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.HistoryEntry;
import dev.durable.InstanceFilter;
import dev.durable.InstanceNotFoundException;
import dev.durable.InstanceQuery.Payload;
import dev.durable.RuntimeStatus;
import jakarta.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstancesTest {

  private final FakeClient client = new FakeClient();
  private final Instances instances = new Instances(client);

  @ParameterizedTest
  @EnumSource(RuntimeStatus.class)
  void theCodeSaysWhetherItHasFinished(RuntimeStatus status) {
    client.with(Statuses.of("i", status));

    Answer answer = instances.status("i", NO_QUERY, LINKS);

    assertThat(answer.status()).isEqualTo(status.isFinished() ? 200 : 202);
    assertThat(answer.headers().containsKey("Location")).isEqualTo(!status.isFinished());
    assertThat(answer.headers().containsKey("Retry-After")).isEqualTo(!status.isFinished());
  }

  @Test
  void aStatusHasAzuresMembersAndOursWithPayloadsAsJson() {
    client.with(Statuses.of("i", RuntimeStatus.COMPLETED));

    assertThat(instances.status("i", NO_QUERY, LINKS).body())
        .isEqualTo(
            "{\"name\":\"fulfil-order\",\"instanceId\":\"i\",\"runtimeStatus\":\"Completed\","
                + "\"input\":{\"lines\":[1,2.50]},\"customStatus\":\"packing\",\"output\":{\"receipt\":\"R-1\"},"
                + "\"createdTime\":\"2026-01-31T10:00:00Z\",\"lastUpdatedTime\":\"2026-01-31T10:00:02Z\","
                + "\"completedTime\":\"2026-01-31T10:00:02Z\",\"executionId\":\"execution-1\","
                + "\"parentInstanceId\":null,\"version\":\"2.1\",\"tags\":{\"customer\":\"ada\",\"region\":\"eu\"},\"failure\":null}");
  }

  @Test
  void aFailureIsATree() {
    client.with(Statuses.of("i", RuntimeStatus.FAILED));

    JsonObject failure =
        Statuses.object(instances.status("i", NO_QUERY, LINKS)).getJsonObject("failure");

    assertThat(failure.getString("type")).isEqualTo("app.PaymentRefused");
    assertThat(failure.getString("message")).isEqualTo("no funds");
    assertThat(failure.getString("stackTrace")).isEqualTo("at Bank.charge");
    assertThat(failure.getJsonObject("cause").isNull("message")).isTrue();
    assertThat(failure.getJsonObject("cause").getBoolean("nonRetriable")).isTrue();
    assertThat(failure.getJsonObject("cause").isNull("cause")).isTrue();
  }

  @Test
  void theInputIsLeftOutOnRequest() {
    client.with(Statuses.of("i", RuntimeStatus.COMPLETED));

    JsonObject status = Statuses.object(instances.status("i", query("showInput", "false"), LINKS));

    assertThat(status).doesNotContainKey("input").containsKey("output");
  }

  @Test
  void aFailureIsAServerErrorOnlyOnRequest() {
    client.with(Statuses.of("failed", RuntimeStatus.FAILED));
    client.with(Statuses.of("terminated", RuntimeStatus.TERMINATED));
    Query asError = query("returnInternalServerErrorOnFailure", "true");

    assertThat(instances.status("failed", NO_QUERY, LINKS).status()).isEqualTo(200);
    assertThat(instances.status("failed", asError, LINKS).status()).isEqualTo(500);
    assertThat(instances.status("terminated", asError, LINKS).status()).isEqualTo(200);
  }

  @Test
  void theHistoryComesOnRequestAndItsPayloadsOnAnother() {
    Instant at = Instant.parse("2026-01-31T10:00:01Z");
    client.with(Statuses.of("i", RuntimeStatus.RUNNING));
    client.history.add(new HistoryEntry(1, "TaskScheduled", at, 0, "charge", "{\"sum\":3}", null));
    client.history.add(new HistoryEntry(2, "TaskCompleted", at, 0, "charge", "\"paid\"", null));
    client.history.add(new HistoryEntry(3, "EventRaised", at, null, "approval", "true", null));

    assertThat(Statuses.object(instances.status("i", NO_QUERY, LINKS)))
        .doesNotContainKey("historyEvents");
    assertThat(history("showHistory", "true"))
        .isEqualTo(
            "[{\"EventType\":\"TaskScheduled\",\"Timestamp\":\"2026-01-31T10:00:01Z\",\"Sequence\":1,\"TaskId\":0,\"FunctionName\":\"charge\"},"
                + "{\"EventType\":\"TaskCompleted\",\"Timestamp\":\"2026-01-31T10:00:01Z\",\"Sequence\":2,\"TaskId\":0,\"FunctionName\":\"charge\"},"
                + "{\"EventType\":\"EventRaised\",\"Timestamp\":\"2026-01-31T10:00:01Z\",\"Sequence\":3,\"Name\":\"approval\"}]");
    assertThat(history("showHistory", "true", "showHistoryOutput", "true"))
        .contains("\"Input\":{\"sum\":3}", "\"Result\":\"paid\"", "\"Input\":true");
    assertThat(history("showHistory", "true", "showHistoryOutput", "true", "showInput", "false"))
        .contains("\"Result\":\"paid\"")
        .doesNotContain("Input");
  }

  private String history(String... query) {
    return Statuses.object(instances.status("i", query(query), LINKS))
        .get("historyEvents")
        .toString();
  }

  @Test
  void anUnknownInstanceIsNotFound() {
    assertThatThrownBy(() -> instances.status("nobody", NO_QUERY, LINKS))
        .isInstanceOf(InstanceNotFoundException.class)
        .hasMessageContaining("nobody");
  }

  @Test
  void aListTellsNoPayloadsUnlessAsked() {
    client
        .with(Statuses.of("i", RuntimeStatus.FAILED))
        .with(Statuses.of("j", RuntimeStatus.COMPLETED));

    var plain = Statuses.array(instances.list(NO_QUERY, null, LINKS));
    var full =
        Statuses.array(
            instances.list(query("showInput", "true", "showOutput", "true"), null, LINKS));

    assertThat(plain).hasSize(2);
    assertThat(plain.getJsonObject(0))
        .doesNotContainKeys("input", "output")
        .containsKey("customStatus");
    assertThat(plain.getJsonObject(0).getJsonObject("failure")).doesNotContainKey("stackTrace");
    assertThat(full.getJsonObject(1)).containsKeys("input", "output");
  }

  @Test
  void aListReadsOnlyThePayloadsThatItTells() {
    instances.list(NO_QUERY, null, LINKS);
    assertThat(client.lastQuery.payloads()).containsExactly(Payload.CUSTOM_STATUS);

    instances.list(query("showInput", "true"), null, LINKS);
    assertThat(client.lastQuery.payloads())
        .containsExactlyInAnyOrder(Payload.CUSTOM_STATUS, Payload.INPUT);

    instances.list(query("showOutput", "true"), null, LINKS);
    assertThat(client.lastQuery.payloads())
        .containsExactlyInAnyOrder(Payload.CUSTOM_STATUS, Payload.OUTPUT);
  }

  @Test
  void theFilterIsPassedOn() {
    instances.list(
        query(
            "runtimeStatus", "failed, Running",
            "instanceIdPrefix", "order-",
            "createdTimeFrom", "2026-01-01T00:00:00Z",
            "createdTimeTo", "2026-02-01T00:00:00Z",
            "top", "7"),
        null,
        LINKS);

    InstanceFilter filter = client.lastQuery.filter();
    assertThat(filter.statuses())
        .containsExactlyInAnyOrder(RuntimeStatus.FAILED, RuntimeStatus.RUNNING);
    assertThat(filter.instanceIdPrefix()).isEqualTo("order-");
    assertThat(filter.createdFrom()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(filter.createdTo()).isEqualTo("2026-02-01T00:00:00Z");
    assertThat(client.lastQuery.pageSize()).isEqualTo(7);
    assertThat(client.lastQuery.continuationToken()).isNull();
  }

  @Test
  void aPageThatIsNotTheLastSaysWhereTheNextOneIs() {
    client.nextToken = "a+b=";

    Answer answer = instances.list(query("top", "1", "continuationToken", "old"), null, LINKS);

    assertThat(answer.headers())
        .containsEntry("x-ms-continuation-token", "a+b=")
        .containsEntry(
            "Link",
            "<http://localhost:9080/durable/api/v1/instances?continuationToken=a%2Bb%3D&top=1>; rel=\"next\"");
  }

  @Test
  void theLastPageSaysNothing() {
    assertThat(instances.list(NO_QUERY, null, LINKS).headers()).isEmpty();
  }

  @Test
  void theTokenMayComeAsHeaderOrAsParameter() {
    instances.list(NO_QUERY, "from-header", LINKS);
    assertThat(client.lastQuery.continuationToken()).isEqualTo("from-header");

    instances.list(query("continuationToken", "from-query"), "from-header", LINKS);
    assertThat(client.lastQuery.continuationToken()).isEqualTo("from-query");

    instances.list(NO_QUERY, "", LINKS);
    assertThat(client.lastQuery.continuationToken()).isNull();
  }

  @Test
  void aTokenThatTheListDoesNotKnowIsABadParameter() {
    client.refusal = new IllegalArgumentException("not a token");

    assertThatThrownBy(() -> instances.list(query("continuationToken", "made-up"), null, LINKS))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.problem().detail()).contains("continuationToken", "made-up"));
  }
}
