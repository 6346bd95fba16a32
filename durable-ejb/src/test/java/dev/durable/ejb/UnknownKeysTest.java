package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownKeysTest {

  private static List<String> warnings(List<String> names) {
    return UnknownKeys.warnings(
        names, CallSettings.keys(NamedFunctions.ofActivities("Payments.charge")));
  }

  @Test
  void aMisspeltKeyIsToldWithTheNearestOne() {
    assertThat(warnings(List.of("durable.lease-timout")))
        .containsExactly(
            "The configuration sets durable.lease-timout, which nothing reads. The nearest known name is durable.lease-timeout.");
  }

  @Test
  void aMisspeltEnvironmentVariableIsToldToo() {
    assertThat(warnings(List.of("DURABLE_POLING_INTERVAL")))
        .singleElement()
        .asString()
        .endsWith("DURABLE_POLLING_INTERVAL.");
  }

  @Test
  void knownKeysAndThoseOfOthersAreNot() {
    assertThat(
            warnings(
                List.of(
                    "durable.task-hub",
                    "DURABLE_TASK_HUB",
                    "durable.pg.host",
                    "DURABLE_ADMIN_PASSWORD",
                    "my.key",
                    "PATH",
                    "durability")))
        .isEmpty();
  }

  @Test
  void aVariableThatTheServerShowsInTwoFormsIsToldOnceAtMost() {
    assertThat(warnings(List.of("DURABLE_TASK_HUB", "durable.task.hub"))).isEmpty();
    assertThat(warnings(List.of("DURABLE_TSK_HUB", "durable.tsk.hub"))).hasSize(1);
    assertThat(warnings(List.of("durable.task.hub"))).hasSize(1);
  }

  @Test
  void keysOfFunctionsThatAreDeployedAreKnown() {
    assertThat(
            warnings(
                List.of(
                    "durable.activity.Payments.charge.timeout",
                    "DURABLE_ACTIVITY_PAYMENTS_CHARGE_RETRY_MAX_ATTEMPTS")))
        .isEmpty();
  }

  @Test
  void aKeyOfAFunctionThatIsNotDeployedIsToldWithTheNearestOne() {
    assertThat(warnings(List.of("durable.activity.Payment.charge.timeout")))
        .containsExactly(
            "The configuration sets durable.activity.Payment.charge.timeout, which nothing reads."
                + " The nearest known name is durable.activity.Payments.charge.timeout.");
    assertThat(warnings(List.of("durable.orchestrator.Payments.charge.retry.jitter"))).hasSize(1);
  }

  @Test
  void theDistanceIsTheNumberOfEdits() {
    assertThat(UnknownKeys.distance("", "abc")).isEqualTo(3);
    assertThat(UnknownKeys.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(UnknownKeys.distance("same", "same")).isZero();
  }
}
