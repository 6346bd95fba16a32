package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.Priority;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.HubLimit.Rate;
import dev.durable.core.worker.ActivityLimit;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivityLimitsTest {

  private static final FunctionRegistry FUNCTIONS = NamedFunctions.ofActivities("mail", "charge");

  private static Map<String, ActivityLimit> read(String... keysAndValues) {
    SettingsReader reader = new SettingsReader(MapConfig.of(keysAndValues));
    Map<String, ActivityLimit> limits = ActivityLimits.read(reader, FUNCTIONS);
    reader.check();
    return limits;
  }

  @Test
  void anActivityOfWhichNothingIsSaidIsNotLimited() {
    assertThat(read()).isEmpty();
    assertThat(read("durable.activity.mail.priority", "low")).isEmpty();
  }

  @Test
  void aNumberOfOneNodeSaysNothingOfTheHub() {
    assertThat(read("durable.activity.mail.max-concurrent", "5"))
        .isEqualTo(Map.of("mail", new ActivityLimit(5, null)));
  }

  @Test
  void numberAndRateOfTheHubBelongTogether() {
    assertThat(
            read(
                "durable.activity.mail.hub-max-concurrent", "7",
                "durable.activity.mail.hub-rate", "100 / 1m"))
        .isEqualTo(
            Map.of(
                "mail",
                new ActivityLimit(null, new HubLimit(7, new Rate(100, Duration.ofMinutes(1))))));
  }

  @Test
  void everyWrongLimitIsTold() {
    assertThatThrownBy(
            () ->
                read(
                    "durable.activity.mail.max-concurrent", "0",
                    "durable.activity.mail.hub-max-concurrent", "many",
                    "durable.activity.mail.hub-rate", "100",
                    "durable.activity.charge.hub-rate", "1/25h"))
        .hasMessageContaining("durable.activity.mail.max-concurrent is \"0\"; allowed: 1 to 100000")
        .hasMessageContaining(
            "durable.activity.mail.hub-max-concurrent is \"many\"; allowed: 1 to 100000")
        .hasMessageContaining(
            "durable.activity.mail.hub-rate is \"100\"; allowed: 1/1s to 1000000/24h; a number and a"
                + " time, such as 100/1m")
        .hasMessageContaining(
            "durable.activity.charge.hub-rate is \"1/25h\"; allowed: 1/1s to 1000000/24h");
  }

  @Test
  void aPriorityIsOneOfThree() {
    SettingsReader reader =
        new SettingsReader(MapConfig.of("durable.activity.mail.priority", "low"));

    assertThat(CallSettings.read(reader, FUNCTIONS).ofActivity("mail").priority())
        .isEqualTo(Priority.LOW);
    assertThatThrownBy(
            () -> {
              SettingsReader wrong =
                  new SettingsReader(MapConfig.of("durable.activity.mail.priority", "urgent"));
              CallSettings.read(wrong, FUNCTIONS);
              wrong.check();
            })
        .hasMessageContaining(
            "durable.activity.mail.priority is \"urgent\"; allowed: high, normal, low");
  }
}
