package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.core.spi.Versions;
import dev.durable.core.spi.Versions.Match;
import dev.durable.core.spi.Versions.Mismatch;
import dev.durable.ejb.HubSettings.Mode;
import dev.durable.jpa.Schema;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HubSettingsTest {

  private static HubSettings read(String... keysAndValues) {
    return HubSettings.read(MapConfig.of(keysAndValues), "box.example", 4);
  }

  @Test
  void anEmptyConfigurationGivesTheDefaults() {
    HubSettings settings = read();

    assertThat(settings.taskHub()).isEqualTo("default");
    assertThat(settings.mode()).isEqualTo(Mode.DEVELOPMENT);
    assertThat(settings.schema()).isEqualTo(Schema.Mode.APPLY);
    assertThat(settings.nodeName()).isEqualTo("box.example");
    assertThat(settings.pollingInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.maxPollingInterval()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(settings.options().maxConcurrentEntities()).isEqualTo(100);
    assertThat(settings.options().partitionCount()).isZero();
    assertThat(settings.options().cacheBytes()).isEqualTo(64 << 20);
    assertThat(settings.maxParked()).isEqualTo(1_000);
    assertThat(settings.scaleLeadTime()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.leaseRenewalInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.options().leaseTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.options().maxConcurrentOrchestrations()).isEqualTo(100);
    assertThat(settings.options().maxConcurrentActivities()).isEqualTo(40);
    assertThat(settings.options().historyWarning()).isEqualTo(10_000);
    assertThat(settings.options().maxHistory()).isEqualTo(100_000);
    assertThat(settings.versions()).isEqualTo(Versions.standard());
    assertThat(settings.options().maxEntityBatch()).isEqualTo(5_000);
    assertThat(settings.maxEntityStateSize()).isEqualTo(1_048_576);
    assertThat(settings.maxPayloadSize()).isEqualTo(1_048_576);
    assertThat(settings.activityTransactionTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.stopTimeout()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void valuesAreTakenFromTheConfiguration() {
    HubSettings settings =
        read(
            "durable.task-hub", "orders",
            "durable.schema", "validate",
            "durable.lease-timeout", "PT1M",
            "durable.max-concurrent-activities", "7",
            "durable.max-concurrent-entities", "8",
            "durable.partition-count", "12",
            "durable.instance-cache.size", "0",
            "durable.instance-cache.parked", "0",
            "durable.scale.lead-time", "5m",
            "durable.version-match", "none",
            "durable.version-mismatch", "fail",
            "durable.history-warning-events", "500",
            "durable.max-history-events", "1000",
            "durable.entity.max-batch-size", "1",
            "durable.entity.max-state-size", "4096",
            "durable.polling-interval", "250ms");

    assertThat(settings.taskHub()).isEqualTo("orders");
    assertThat(settings.schema()).isEqualTo(Schema.Mode.VALIDATE);
    assertThat(settings.options().leaseTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.options().maxConcurrentActivities()).isEqualTo(7);
    assertThat(settings.options().maxConcurrentEntities()).isEqualTo(8);
    assertThat(settings.options().partitionCount()).isEqualTo(12);
    assertThat(settings.options().cacheBytes()).isZero();
    assertThat(settings.maxParked()).isZero();
    assertThat(settings.scaleLeadTime()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.versions()).isEqualTo(new Versions(Match.NONE, Mismatch.FAIL));
    assertThat(settings.options().maxEntityBatch()).isEqualTo(1);
    assertThat(settings.maxEntityStateSize()).isEqualTo(4_096);
    assertThat(settings.options().historyWarning()).isEqualTo(500);
    assertThat(settings.options().maxHistory()).isEqualTo(1_000);
    assertThat(settings.pollingInterval()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void aNodeThatIsToPollSeldomDoesSoAlsoWhereNothingIsSaidOfTheLongestInterval() {
    assertThat(read("durable.polling-interval", "5s").maxPollingInterval())
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void theLongestPollingIntervalIsNotShorterThanTheShortest() {
    assertThatThrownBy(
            () -> read("durable.polling-interval", "5s", "durable.max-polling-interval", "4s"))
        .hasMessageContaining(
            "durable.max-polling-interval is \"4s\"; allowed: durable.polling-interval to 10m");
  }

  @Test
  void everyWrongValueIsToldWithItsKeyAndWhatIsAllowed() {
    assertThatThrownBy(
            () ->
                read(
                    "durable.task-hub", "my hub",
                    "durable.schema", "create",
                    "durable.max-claim", "many",
                    "durable.max-commit", "501",
                    "durable.version-match", "current_or_older",
                    "durable.version-mismatch", "FAIL",
                    "durable.history-warning-events", "0",
                    "durable.max-history-events", "99",
                    "durable.entity.max-batch-size", "5001",
                    "durable.entity.max-state-size", "1023",
                    "durable.stop-timeout", "20",
                    "durable.polling-interval", "2h"))
        .hasMessageContaining(
            "durable.task-hub is \"my hub\"; allowed: 1 to 45 characters of A-Z a-z 0-9 -")
        .hasMessageContaining("durable.schema is \"create\"; allowed: apply, validate, none")
        .hasMessageContaining("durable.max-claim is \"many\"; allowed: 1 to 1000")
        .hasMessageContaining("durable.max-commit is \"501\"; allowed: 1 to 500")
        .hasMessageContaining(
            "durable.version-match is \"current_or_older\"; allowed: none, strict, current-or-older")
        .hasMessageContaining("durable.version-mismatch is \"FAIL\"; allowed: wait, fail")
        .hasMessageContaining(
            "durable.history-warning-events is \"0\"; allowed: 1 to durable.max-history-events")
        .hasMessageContaining("durable.entity.max-batch-size is \"5001\"; allowed: 1 to 5000")
        .hasMessageContaining(
            "durable.entity.max-state-size is \"1023\"; allowed: 1024 to 67108864")
        .hasMessageContaining("durable.max-history-events is \"99\"; allowed: 100 to 10000000")
        .hasMessageContaining(
            "durable.stop-timeout is \"20\"; allowed: 0s to 24s; a number with a unit")
        .hasMessageContaining("durable.polling-interval is \"2h\"; allowed: 10ms to 1m");
  }

  @Test
  void leasesMustBeRenewedTwiceBeforeTheyRunOut() {
    assertThatThrownBy(() -> read("durable.lease-timeout", "15s"))
        .hasMessageContaining(
            "durable.lease-renewal-interval is PT10S where durable.lease-timeout is PT15S");
  }

  @Test
  void theLongestRetryDelayMustNotBeShorterThanTheFirst() {
    assertThatThrownBy(
            () -> read("durable.first-retry-delay", "10s", "durable.max-retry-delay", "5s"))
        .hasMessageContaining("durable.max-retry-delay is shorter than durable.first-retry-delay");
  }

  @Test
  void aHistoryMustBeWarnedAboutBeforeItIsTooLong() {
    assertThatThrownBy(() -> read("durable.max-history-events", "5000"))
        .hasMessageContaining(
            "durable.history-warning-events is 10000 where durable.max-history-events is 5000;"
                + " allowed: 1 to durable.max-history-events");
  }

  @Test
  void productionRefusesToStartWithoutAPasswordOfItsOwn() {
    assertThatThrownBy(() -> read("durable.mode", "production"))
        .hasMessageContaining("DURABLE_ADMIN_PASSWORD) is not set");
    assertThatThrownBy(() -> read("durable.mode", "production", "durable.admin.password", "admin"))
        .hasMessageContaining("is the known default");
    assertThatCode(
            () -> read("durable.mode", "production", "durable.admin.password", "correct horse"))
        .doesNotThrowAnyException();
  }

  @Test
  void thePasswordIsNeverShown() {
    assertThatThrownBy(
            () -> read("durable.mode", "production", "durable.admin.password", "${secret}"))
        .message()
        .doesNotContain("secret");
  }

  @Test
  void aHostNameBecomesAValidNodeName() {
    assertThat(HubSettings.read(MapConfig.of(), "häuser_1!", 1).nodeName()).isEqualTo("h-user_1-");
    assertThat(HubSettings.read(MapConfig.of(), "", 1).nodeName()).isEqualTo("node");
    assertThat(HubSettings.read(MapConfig.of(), "x".repeat(100), 1).nodeName()).hasSize(60);
  }
}
