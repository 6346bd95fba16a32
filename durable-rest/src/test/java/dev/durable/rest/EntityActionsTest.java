package dev.durable.rest;

import static dev.durable.rest.Statuses.NO_QUERY;
import static dev.durable.rest.Statuses.query;
import static dev.durable.rest.Statuses.repeated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.SignalOptions;
import dev.durable.UnknownFunctionException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityActionsTest {

  private static final String AT = "2026-01-31T10:00:00Z";

  private final FakeClient client = new FakeClient();
  private final EntityActions actions = new EntityActions(client);

  // ---- signals

  @Test
  void aSignalIsPassedOnAsText() {
    Answer answer = signal(query("op", "add"), null, " 1.00 ");
    signal(query("op", "reset"), null, null);

    // without Location: it would be polled, and the entity is not the result of the request
    assertThat(answer).isEqualTo(Answer.empty(202));
    assertThat(client.calls)
        .containsExactly(
            "signal counter@a add  1.00  " + SignalOptions.defaults(),
            "signal counter@a reset null " + SignalOptions.defaults());
  }

  @Test
  void aSignalMayHaveATime() {
    signal(query("op", "add", "at", "2026-01-31T12:00:00+02:00"), null, "1");

    assertThat(client.calls)
        .containsExactly("signal counter@a add 1 " + SignalOptions.at(Instant.parse(AT)));
  }

  @Test
  void aSignalMayHaveAnIdAsParameterOrAsHeader() {
    signal(query("op", "add", "signalId", "order 17"), null, "1");
    signal(query("op", "add"), "order 17", "1");
    signal(query("op", "add", "signalId", "order 17"), " order 17 ", "1");

    String call = "signal counter@a add 1 " + SignalOptions.defaults().withSignalId("order 17");
    assertThat(client.calls).containsExactly(call, call, call);
  }

  @Test
  void aSignalWithoutOperationSaysWhatIsMissing() {
    for (Query query : new Query[] {NO_QUERY, query("op", ""), query("op", " ")}) {
      assertRefused(() -> signal(query, null, "1"), 400, "missing-parameter", "op");
    }
    assertThat(client.calls).isEmpty();
  }

  @Test
  void aSignalWithABadParameterIsNotSent() {
    assertParameter(query("op", "a\nb"), "op");
    assertParameter(query("op", "x".repeat(201)), "op");
    assertParameter(query("op", "add", "at", "soon"), "at");
    assertParameter(query("op", "add", "at", "1969-12-31T23:59:59Z"), "at");
    assertParameter(query("op", "add", "at", "+10000-01-01T00:00:00Z"), "at");
    assertParameter(query("op", "add", "signalId", "a\nb"), "signalId");
    assertParameter(query("op", "add", "signalId", "a "), "signalId");
    assertParameter(query("op", "add", "signalId", "x".repeat(201)), "signalId");
    assertRefused(
        () -> signal(query("op", "add", "signalId", "1"), "2", null),
        400,
        "invalid-parameter",
        "Idempotency-Key");
    assertThat(client.calls).isEmpty();
  }

  private void assertParameter(Query query, String parameter) {
    assertRefused(() -> signal(query, null, "1"), 400, "invalid-parameter", parameter);
  }

  @Test
  void aTimeThatIsPastForTheEngineIsABadParameter() {
    client.refusal = new IllegalArgumentException("it is later than that");

    assertRefused(
        () -> signal(query("op", "add", "at", AT), null, null), 400, "invalid-parameter", "at");
    assertThatThrownBy(() -> signal(query("op", "add"), null, null)).isSameAs(client.refusal);
  }

  @Test
  void anUnknownEntityIsNotFoundAndTheKnownOnesAreNamed() {
    client.refusal = new UnknownFunctionException("entity", "conter", List.of("counter"));

    assertRefused(
        () -> actions.signal("conter", "a", query("op", "add"), null, null, false),
        404,
        "unknown-entity",
        null);
  }

  /** The path is right: what is wrong is a parameter, as with an unknown version. */
  @Test
  void anUnknownOperationIsABadParameterAndTheKnownOnesAreNamed() {
    client.refusal =
        new UnknownFunctionException("operation of entity counter", "counter", List.of("add"));

    assertThatThrownBy(() -> signal(query("op", "counter"), null, null))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.problem().status()).isEqualTo(400);
              assertThat(refusal.problem().kind()).isEqualTo("unknown-operation");
              assertThat(refusal.problem().extensions().get("knownNames")).hasToString("[\"add\"]");
            });
  }

  @Test
  void whoMayNotDeleteMayNotSayItAsASignalEither() {
    assertRefused(() -> signal(query("op", "delete"), null, null), 403, "forbidden", null);
    assertThat(client.calls).isEmpty();

    actions.signal("counter", "a", query("op", "delete"), null, null, true);
    assertThat(client.calls)
        .containsExactly("signal counter@a delete null " + SignalOptions.defaults());
  }

  private Answer signal(Query query, @Nullable String idHeader, @Nullable String input) {
    return actions.signal("counter", "a", query, idHeader, input, false);
  }

  // ---- deleting

  @Test
  void aDeletionIsPassedOn() {
    assertThat(actions.delete("counter", "a")).isEqualTo(Answer.empty(202));
    assertThat(client.calls).containsExactly("delete counter@a");
  }

  @Test
  void anIdThatNoEntityCanHaveDoesNothing() {
    for (String key : new String[] {"", "$", "a b", "a/b", ".", "x".repeat(99)}) {
      assertRefused(() -> actions.delete("counter", key), 400, "invalid-parameter", "key");
      assertRefused(
          () -> actions.signal("counter", key, query("op", "add"), null, null, false),
          400,
          "invalid-parameter",
          "key");
    }
    assertRefused(() -> actions.delete("a b", "a"), 400, "invalid-parameter", "name");
    assertThat(client.calls).isEmpty();
  }

  @Test
  void aCleanUpSaysWhatItDid() {
    assertThat(actions.cleanUp(NO_QUERY))
        .isEqualTo(Answer.jsonText(200, "{\"removed\":3,\"releasedLocks\":1}"));
    actions.cleanUp(query("emptyFor", "PT1H"));
    actions.cleanUp(query("emptyFor", "P30D"));

    assertThat(client.calls).containsExactly("clean up PT24H", "clean up PT1H", "clean up PT720H");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PT59M59S", "PT0S", "-P1D", "1h", "24", "P1M", "P99999999999999999999D", " "})
  void aCleanUpNeedsAProperTime(String emptyFor) {
    assertRefused(
        () -> actions.cleanUp(query("emptyFor", emptyFor)), 400, "invalid-parameter", "emptyFor");
    assertThat(client.calls).isEmpty();
  }

  @Test
  void aCleanUpTakesNothingElseAndNothingTwice() {
    assertRefused(
        () -> actions.cleanUp(query("emptyfor", "P30D")), 400, "unknown-parameter", "emptyfor");
    assertRefused(
        () -> actions.cleanUp(repeated("emptyFor", "P30D", "P1D")),
        400,
        "invalid-parameter",
        "emptyFor");
    assertThat(client.calls).isEmpty();
  }

  private static void assertRefused(
      Runnable request, int status, String kind, @Nullable String parameter) {
    assertThatThrownBy(request::run)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              Problem problem = refusal.problem();
              assertThat(problem.status()).isEqualTo(status);
              assertThat(problem.kind()).isEqualTo(kind);
              assertThat(Objects.toString(problem.extensions().get("parameter"), null))
                  .isEqualTo(parameter == null ? null : "\"" + parameter + "\"");
            });
  }
}
