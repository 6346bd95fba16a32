package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.ActivityOptions;
import dev.durable.RetryPolicy;
import dev.durable.core.spi.FunctionRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallSettingsTest {

  private static final String CHARGE = "durable.activity.Payments.charge.";

  private static CallSettings read(FunctionRegistry functions, String... keysAndValues) {
    SettingsReader reader = new SettingsReader(MapConfig.of(keysAndValues));
    CallSettings settings = CallSettings.read(reader, functions);
    reader.check();
    return settings;
  }

  private static ActivityOptions charge(String... keysAndValues) {
    return read(NamedFunctions.ofActivities("Payments.charge"), keysAndValues)
        .ofActivity("Payments.charge");
  }

  @Test
  void whatIsNotConfiguredIsNotSaid() {
    assertThat(charge()).isEqualTo(ActivityOptions.defaults());
    assertThat(read(NamedFunctions.ofActivities("a")).ofActivity("b"))
        .isEqualTo(ActivityOptions.defaults());
    assertThat(read(NamedFunctions.ofOrchestrators("o")).ofOrchestrator("o")).isNull();
  }

  @Test
  void aTimeOutAloneLeavesTheRetriesToTheCaller() {
    assertThat(charge(CHARGE + "timeout", "90s"))
        .isEqualTo(ActivityOptions.timeout(Duration.ofSeconds(90)));
  }

  @Test
  void attemptsAloneWaitASecondThatDoubles() {
    assertThat(charge(CHARGE + "retry.max-attempts", "3").retry())
        .isEqualTo(RetryPolicy.exponential(3, Duration.ofSeconds(1)));
  }

  @Test
  void everyPartOfAPolicyIsTakenFromItsKey() {
    RetryPolicy retry =
        charge(
                CHARGE + "retry.max-attempts", "5",
                CHARGE + "retry.first-interval", "500ms",
                CHARGE + "retry.backoff-coefficient", "1.5",
                CHARGE + "retry.max-interval", "1m",
                CHARGE + "retry.timeout", "PT1H",
                CHARGE + "retry.jitter", "0.25",
                CHARGE + "retry.non-retriable", "java.io.IOException, shop.Payments$Refused")
            .retry();

    assertThat(retry)
        .isEqualTo(
            RetryPolicy.exponential(5, Duration.ofMillis(500))
                .withBackoffCoefficient(1.5)
                .withMaxInterval(Duration.ofMinutes(1))
                .withRetryTimeout(Duration.ofHours(1))
                .withJitter(0.25)
                .withNonRetriable(Set.of("java.io.IOException", "shop.Payments$Refused")));
  }

  @Test
  void orchestratorsHaveRetriesButNoTimeOut() {
    String key = "durable.orchestrator.ship:v2.retry.max-attempts";

    assertThat(read(NamedFunctions.ofOrchestrators("ship:v2"), key, "4").ofOrchestrator("ship:v2"))
        .isEqualTo(RetryPolicy.exponential(4, Duration.ofSeconds(1)));
    assertThat(CallSettings.keys(NamedFunctions.ofOrchestrators("ship:v2")))
        .extracting(ConfigKey::key)
        .contains(key)
        .doesNotContain("durable.orchestrator.ship:v2.timeout");
  }

  @Test
  void everyWrongValueIsToldWithItsKeyAndWhatIsAllowed() {
    assertThatThrownBy(
            () ->
                charge(
                    CHARGE + "timeout", "-1s",
                    CHARGE + "retry.max-attempts", "2.5",
                    CHARGE + "retry.first-interval", "soon",
                    CHARGE + "retry.backoff-coefficient", "2d",
                    CHARGE + "retry.timeout", "0s",
                    CHARGE + "retry.jitter", "NaN",
                    CHARGE + "retry.non-retriable", "a.B,,c"))
        .isInstanceOf(IllegalSettingsException.class)
        .hasMessageContaining(CHARGE + "timeout is \"-1s\"; allowed: 1ms to 87600h")
        .hasMessageContaining(CHARGE + "retry.max-attempts is \"2.5\"; allowed: 1 to 10000")
        .hasMessageContaining(
            CHARGE + "retry.first-interval is \"soon\"; allowed: 1ms to 87600h; a number with")
        .hasMessageContaining(CHARGE + "retry.backoff-coefficient is \"2d\"; allowed: 1 to 1000")
        .hasMessageContaining(CHARGE + "retry.timeout is \"0s\"; allowed: 1ms to 87600h")
        .hasMessageContaining(CHARGE + "retry.jitter is \"NaN\"; allowed: 0 to 1")
        .hasMessageContaining(CHARGE + "retry.non-retriable is \"a.B,,c\"; allowed: at most 100");
  }

  @Test
  void theLongestWaitMustNotBeShorterThanTheFirst() {
    assertThatThrownBy(
            () ->
                charge(
                    CHARGE + "retry.max-attempts", "2",
                    CHARGE + "retry.first-interval", "2s",
                    CHARGE + "retry.max-interval", "1s"))
        .hasMessageContaining(
            CHARGE + "retry.max-interval is \"1s\"; allowed: retry.first-interval to 87600h");
  }

  @Test
  void aPolicyWithoutAttemptsIsAMistake() {
    assertThatThrownBy(() -> charge(CHARGE + "retry.jitter", "0.5"))
        .hasMessageContaining(
            CHARGE + "retry.jitter says nothing where " + CHARGE + "retry.max-attempts is not set");
  }

  private static List<String> shared(String name, String... activities) {
    return SharedKeys.problems(
        List.of(name), CallSettings.keys(NamedFunctions.ofActivities(activities)));
  }

  @Test
  void aVariableThatStandsForTwoKeysIsAMistake() {
    assertThat(shared("DURABLE_ACTIVITY_A_B_TIMEOUT", "a.b", "a-b", "c"))
        .containsExactly(
            "DURABLE_ACTIVITY_A_B_TIMEOUT stands for durable.activity.a-b.timeout and for"
                + " durable.activity.a.b.timeout; allowed: each of them by its own name, as a"
                + " system property or a variable of the server");
    assertThat(shared("DURABLE_ACTIVITY_TRANSACTION_TIMEOUT", "Transaction")).hasSize(1);
    assertThat(shared("durable.activity.a.b.timeout", "a.b", "a-b")).isEmpty();
    assertThat(shared("DURABLE_ACTIVITY_C_TIMEOUT", "a.b", "a-b", "c")).isEmpty();
  }

  @Test
  void aKeyThatIsReadForTwoFunctionsIsAMistake() {
    assertThat(shared("durable.activity.a.retry.timeout", "a", "a.retry"))
        .containsExactly(
            "durable.activity.a.retry.timeout is read for two functions; allowed: one of them,"
                + " under another name");
  }
}
