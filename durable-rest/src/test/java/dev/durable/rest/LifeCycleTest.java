package dev.durable.rest;

import static dev.durable.rest.Statuses.LINKS;
import static dev.durable.rest.Statuses.NO_QUERY;
import static dev.durable.rest.Statuses.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.InstanceFilter;
import dev.durable.TerminateOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifeCycleTest {

  private final FakeClient client = new FakeClient();
  private final LifeCycle lifeCycle = new LifeCycle(client);

  // ---- events

  @Test
  void anEventIsPassedOnAsText() {
    Answer answer = raise("approval", NO_QUERY, null, "{\"yes\":true}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).isNull();
    assertThat(answer.headers()).containsEntry("Location", LINKS.status("i"));
    assertThat(client.calls).containsExactly("raise i approval {\"yes\":true}");
  }

  @Test
  void anEventMayHaveAnIdAsParameterOrAsHeader() {
    raise("approval", query("eventId", "payment 17"), null, null);
    raise("approval", NO_QUERY, "payment 17", null);
    raise("approval", query("eventId", "payment 17"), " payment 17 ", null);
    raise("approval", query("eventId", ""), "", null);

    assertThat(client.calls)
        .containsExactly(
            "raise i approval null as payment 17",
            "raise i approval null as payment 17",
            "raise i approval null as payment 17",
            "raise i approval null");
  }

  @Test
  void anEventNeedsAProperName() {
    for (String name : new String[] {" ", "a\nb", "x".repeat(201)}) {
      assertRefused(() -> raise(name, NO_QUERY, null, null), "eventName");
    }
    assertThat(client.calls).isEmpty();
  }

  @Test
  void anEventIdMustBeProperAndSaidOnlyOnce() {
    assertRefused(() -> raise("e", query("eventId", "a\nb"), null, null), "eventId");
    assertRefused(() -> raise("e", query("eventId", "a "), null, null), "eventId");
    assertRefused(() -> raise("e", query("eventId", "\uD83D"), null, null), "eventId");
    assertRefused(() -> raise("e", query("eventId", "x".repeat(201)), null, null), "eventId");
    assertRefused(() -> raise("e", NO_QUERY, "x".repeat(201), null), "Idempotency-Key");
    assertRefused(() -> raise("e", query("eventId", "1"), "2", null), "Idempotency-Key");
    assertThat(client.calls).isEmpty();
  }

  private Answer raise(
      String name, Query query, @Nullable String header, @Nullable String payload) {
    return lifeCycle.raiseEvent("i", name, query, header, payload, LINKS);
  }

  // ---- actions

  @Test
  void anActionCarriesItsReason() {
    Query reason = query("reason", "ordered twice");
    assertThat(lifeCycle.suspend("i", reason, LINKS).status()).isEqualTo(202);
    assertThat(lifeCycle.resume("i", reason, LINKS).status()).isEqualTo(202);
    assertThat(lifeCycle.rewind("i", reason, LINKS).status()).isEqualTo(202);
    lifeCycle.suspend("i", NO_QUERY, LINKS);

    assertThat(client.calls)
        .containsExactly(
            "suspend i ordered twice",
            "resume i ordered twice",
            "rewind i ordered twice",
            "suspend i null");
  }

  @Test
  void aTerminationCascadesUnlessToldNotToAndIsForcedOnlyIfToldTo() {
    lifeCycle.terminate("i", query("reason", "ordered twice"), LINKS);
    lifeCycle.terminate("i", query("cascade", "false", "force", "true"), LINKS);

    assertThat(client.calls)
        .containsExactly(
            "terminate i " + TerminateOptions.because("ordered twice"),
            "terminate i " + TerminateOptions.because(null).withoutCascade().forced());
  }

  @Test
  void aRestartTakesANewIdUnlessToldNotTo() {
    Answer random = lifeCycle.restart("i", NO_QUERY, LINKS);
    Answer named = lifeCycle.restart("i", query("newInstanceId", "j"), LINKS);
    Answer same = lifeCycle.restart("i", query("restartWithNewInstanceId", "false"), LINKS);

    assertThat(client.calls).containsExactly("restart i as null", "restart i as j", "restart i");
    assertThat(random.status()).isEqualTo(202);
    assertThat(random.headers()).containsEntry("Location", LINKS.status("random-id"));
    assertThat(Statuses.object(named).getString("id")).isEqualTo("j");
    assertThat(Statuses.object(same).getString("id")).isEqualTo("i");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "TRUE ", "wahr"})
  void aFlagThatIsNeitherTrueNorFalseDoesNothing(String value) {
    assertRefused(() -> lifeCycle.terminate("i", query("cascade", value), LINKS), "cascade");
    assertRefused(() -> lifeCycle.terminate("i", query("force", value), LINKS), "force");
    assertRefused(
        () -> lifeCycle.restart("i", query("restartWithNewInstanceId", value), LINKS),
        "restartWithNewInstanceId");
    assertRefused(() -> lifeCycle.purge(query("all", value)), "all");
    assertThat(client.calls).isEmpty();
  }

  @Test
  void aNewIdForTheSameInstanceIsAContradiction() {
    assertRefused(
        () ->
            lifeCycle.restart(
                "i", query("restartWithNewInstanceId", "false", "newInstanceId", "j"), LINKS),
        "newInstanceId");
    assertThat(client.calls).isEmpty();
  }

  // ---- purge

  @Test
  void aPurgeSaysHowManyItDeleted() {
    assertThat(lifeCycle.purge("i").body()).isEqualTo("{\"instancesDeleted\":1}");
    assertThat(lifeCycle.purge(query("runtimeStatus", "Failed")).body())
        .isEqualTo("{\"instancesDeleted\":3}");
    assertThat(client.calls).containsExactly("purge i", "purge by filter");
  }

  @Test
  void everythingIsPurgedOnlyIfItSaysSo() {
    assertThatThrownBy(() -> lifeCycle.purge(NO_QUERY))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.problem().kind()).isEqualTo("empty-filter"));
    assertThatThrownBy(() -> lifeCycle.purge(query("all", "false"))).isInstanceOf(Refusal.class);
    assertThat(client.calls).isEmpty();

    lifeCycle.purge(query("all", "true"));

    assertThat(client.lastFilter).isEqualTo(InstanceFilter.all());
    assertThat(client.calls).containsExactly("purge by filter");
  }

  private static void assertRefused(Runnable request, String parameter) {
    assertThatThrownBy(request::run)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.problem().status()).isEqualTo(400);
              assertThat(refusal.problem().extensions().get("parameter"))
                  .hasToString("\"" + parameter + "\"");
            });
  }
}
