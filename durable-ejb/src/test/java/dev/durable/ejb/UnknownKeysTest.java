package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownKeysTest {

  @Test
  void aMisspeltKeyIsToldWithTheNearestOne() {
    assertThat(UnknownKeys.warnings(List.of("durable.lease-timout")))
        .containsExactly(
            "The configuration sets durable.lease-timout, which nothing reads. The nearest known name is durable.lease-timeout.");
  }

  @Test
  void aMisspeltEnvironmentVariableIsToldToo() {
    assertThat(UnknownKeys.warnings(List.of("DURABLE_POLING_INTERVAL")))
        .singleElement()
        .asString()
        .endsWith("DURABLE_POLLING_INTERVAL.");
  }

  @Test
  void knownKeysAndThoseOfOthersAreNot() {
    assertThat(
            UnknownKeys.warnings(
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
    assertThat(UnknownKeys.warnings(List.of("DURABLE_TASK_HUB", "durable.task.hub"))).isEmpty();
    assertThat(UnknownKeys.warnings(List.of("DURABLE_TSK_HUB", "durable.tsk.hub"))).hasSize(1);
    assertThat(UnknownKeys.warnings(List.of("durable.task.hub"))).hasSize(1);
  }

  @Test
  void theDistanceIsTheNumberOfEdits() {
    assertThat(UnknownKeys.distance("", "abc")).isEqualTo(3);
    assertThat(UnknownKeys.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(UnknownKeys.distance("same", "same")).isZero();
  }
}
