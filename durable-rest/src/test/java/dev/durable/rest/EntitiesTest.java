package dev.durable.rest;

import static dev.durable.rest.Statuses.LINKS;
import static dev.durable.rest.Statuses.NO_QUERY;
import static dev.durable.rest.Statuses.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.EntityId;
import dev.durable.EntityLockedException;
import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import dev.durable.FailureDetails;
import jakarta.json.JsonObject;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntitiesTest {

  private static final EntityId ID = new EntityId("counter", "a");
  private static final Instant CREATED = Instant.parse("2026-01-31T10:00:00Z");
  private static final String STATE = " {\"value\": 1.00, \"ä\": null} ";

  private final FakeClient client = new FakeClient();
  private final Entities entities = new Entities(client);

  private static EntityStatus entity(@Nullable String state, @Nullable String lockedBy) {
    FailureDetails failure = new FailureDetails("app.Missing", "no code", "at x", null, false);
    return new EntityStatus(
        ID, state, state != null, CREATED, CREATED.plusSeconds(2), 7, lockedBy, failure);
  }

  // ---- one

  @Test
  void theStateIsToldAsItIsStored() {
    client.with(entity(STATE, null));

    Answer answer = entities.state("counter", "a", NO_QUERY);

    assertThat(answer).isEqualTo(Answer.jsonText(200, STATE));
    assertThat(answer.headers()).isEmpty();
  }

  @Test
  void aLockedEntityTellsItsStateOnlyToWhoAllowsForThat() {
    client.with(entity(STATE, "audit-1"));

    assertThatThrownBy(() -> entities.state("counter", "a", NO_QUERY))
        .isInstanceOfSatisfying(
            EntityLockedException.class,
            locked -> {
              assertThat(locked.entityId()).isEqualTo(ID);
              assertThat(locked.lockedBy()).isEqualTo("audit-1");
            });
    assertThat(entities.state("counter", "a", query("allowLocked", "true")).body())
        .isEqualTo(STATE);
  }

  @Test
  void noStateAndNoEntityAreToldApart() {
    assertProblem(() -> entities.state("counter", "a", NO_QUERY), 404, "entity-not-found");
    assertProblem(() -> entities.status("counter", "a"), 404, "entity-not-found");

    client.with(entity(null, null));

    assertProblem(() -> entities.state("counter", "a", NO_QUERY), 404, "entity-without-state");
    assertThat(entities.status("counter", "a").status()).isEqualTo(200);
  }

  @Test
  void aStatusHasAzuresMembersAndOursWithTheStateAsJson() {
    client.with(entity(STATE, "audit-1"));

    assertThat(entities.status("counter", "a").body())
        .isEqualTo(
            "{\"entityId\":{\"name\":\"counter\",\"key\":\"a\"},\"lastOperationTime\":\"2026-01-31T10:00:02Z\","
                + "\"state\":{\"value\":1.00,\"ä\":null},\"hasState\":true,\"createdTime\":\"2026-01-31T10:00:00Z\","
                + "\"waitingOperations\":7,\"lockedBy\":\"audit-1\",\"failure\":{\"type\":\"app.Missing\","
                + "\"message\":\"no code\",\"stackTrace\":\"at x\",\"nonRetriable\":false,\"cause\":null}}");
  }

  @Test
  void whatThereIsNotIsNull() {
    client.with(entity(null, null));

    JsonObject status = Statuses.object(entities.status("counter", "a"));

    assertThat(status.getBoolean("hasState")).isFalse();
    assertThat(status.isNull("state")).isTrue();
    assertThat(status.isNull("lockedBy")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, k, name",
    "c@d, k, name",
    "counter, a b, key",
    "counter, $, key",
    "counter, .., key"
  })
  void anIdThatNoEntityCanHaveIsRefused(String name, String key, String parameter) {
    assertParameter(() -> entities.state(name, key, NO_QUERY), parameter);
    assertParameter(() -> entities.status(name, key), parameter);
  }

  @Test
  void anIdThatIsEmptyOrTooLongIsRefused() {
    assertParameter(() -> entities.status("", "k"), "name");
    assertParameter(() -> entities.status("x".repeat(101), "k"), "name");
    assertParameter(() -> entities.status("counter", ""), "key");
    assertParameter(() -> entities.status("counter", "x".repeat(99)), "key");
  }

  @Test
  void whoAsksForAnEmptyKeyAsAzureDoesIsToldWhatIsDifferentHere() {
    assertThatThrownBy(() -> entities.state("counter", "$", NO_QUERY))
        .hasMessageContaining("Azure's empty key");
  }

  // ---- lists

  @Test
  void aListTellsNoStatesUnlessAsked() {
    client.with(entity(STATE, null));

    JsonObject plain = Statuses.array(entities.list(null, NO_QUERY, null, LINKS)).getJsonObject(0);
    assertThat(plain).doesNotContainKey("state").containsKeys("entityId", "lastOperationTime");
    assertThat(plain.getJsonObject("failure")).doesNotContainKey("stackTrace");
    assertThat(client.lastEntityQuery).isEqualTo(EntityQuery.all().withoutStates());

    JsonObject full =
        Statuses.array(entities.list(null, query("fetchState", "true"), null, LINKS))
            .getJsonObject(0);
    assertThat(full.getJsonObject("state")).hasToString("{\"value\":1.00,\"ä\":null}");
    assertThat(client.lastEntityQuery).isEqualTo(EntityQuery.all());
  }

  @Test
  void theFilterIsPassedOn() {
    entities.list(
        "counter",
        query(
            "keyPrefix", "eu@",
            "lastOperationTimeFrom", "2026-01-01T00:00:00Z",
            "lastOperationTimeTo", "2026-02-01T00:00:00Z",
            "withState", "true",
            "top", "7"),
        null,
        LINKS);

    assertThat(client.lastEntityQuery)
        .isEqualTo(
            EntityQuery.ofName("counter")
                .withKeyPrefix("eu@")
                .withModified(
                    Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"))
                .onlyWithState()
                .withoutStates()
                .withPageSize(7));
  }

  @Test
  void aPageThatIsNotTheLastSaysWhereTheNextOneIs() {
    client.nextToken = "a+b=";

    Answer answer =
        entities.list("counter", query("top", "1", "continuationToken", "old"), null, LINKS);

    assertThat(client.lastEntityQuery.continuationToken()).isEqualTo("old");
    assertThat(answer.headers())
        .containsEntry("x-ms-continuation-token", "a+b=")
        .containsEntry(
            "Link",
            "<http://localhost:9080/durable/api/v1/entities/counter?continuationToken=a%2Bb%3D&top=1>; rel=\"next\"");
  }

  @Test
  void theLastPageSaysNothing() {
    assertThat(entities.list(null, NO_QUERY, null, LINKS).headers()).isEmpty();
  }

  @Test
  void theTokenMayComeAsHeaderToo() {
    entities.list(null, NO_QUERY, "from-header", LINKS);

    assertThat(client.lastEntityQuery.continuationToken()).isEqualTo("from-header");
  }

  @Test
  void aTokenThatTheListDoesNotKnowIsABadParameter() {
    client.refusal = new IllegalArgumentException("not a token");

    assertParameter(
        () -> entities.list(null, query("continuationToken", "made-up"), null, LINKS),
        "continuationToken");
  }

  @ParameterizedTest
  @CsvSource({
    "top, 0",
    "top, 1001",
    "withState, yes",
    "fetchState, 1",
    "lastOperationTimeFrom, yesterday",
    "lastOperationTimeTo, 2026-01-01",
    "keyPrefix, a b",
    "keyPrefix, $"
  })
  void aBadParameterIsRefused(String parameter, String value) {
    assertParameter(
        () -> entities.list("counter", query(parameter, value), null, LINKS), parameter);
  }

  @Test
  void aPrefixThatNoKeyCanHaveIsRefused() {
    assertParameter(
        () -> entities.list("counter", query("keyPrefix", "x".repeat(99)), null, LINKS),
        "keyPrefix");
  }

  @Test
  void aPrefixOfKeysNeedsTheirName() {
    assertParameter(() -> entities.list(null, query("keyPrefix", "a"), null, LINKS), "keyPrefix");
  }

  @Test
  void aNameThatNoEntityCanHaveIsRefused() {
    assertParameter(() -> entities.list("a@b", NO_QUERY, null, LINKS), "name");
  }

  private static void assertParameter(ThrowingCallable request, String parameter) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.problem().status()).isEqualTo(400);
              assertThat(refusal.problem().extensions().get("parameter"))
                  .hasToString("\"" + parameter + "\"");
            });
  }

  private static void assertProblem(ThrowingCallable request, int status, String kind) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.problem().status()).isEqualTo(status);
              assertThat(refusal.problem().kind()).isEqualTo(kind);
              assertThat(refusal.problem().extensions()).containsKey("entityId");
            });
  }
}
