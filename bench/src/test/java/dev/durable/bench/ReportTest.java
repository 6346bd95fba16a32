package dev.durable.bench;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Scenario SCENARIO = Scenarios.parse("chain:size=10:instances=2").get(0);

  private static final Report REPORT =
      new Report(new DerbyDatabase(Path.of("data"), "Derby 10"), 5);

  private static Round lasting(int seconds, double p50) {
    return new Round(Duration.ofSeconds(seconds), Optional.of(new Latencies(p50, 2, 3, 4)));
  }

  private static JsonObject reported(Optional<DatabaseCounts> database) {
    return reported(
        new Measurement(
            SCENARIO,
            new NamedContender("durable"),
            List.of(lasting(1, 100), lasting(8, 300), lasting(4, 200.123456)),
            Optional.of(
                new Cost(
                    Optional.of(
                        new EngineTransactions(Map.of("commit", 40L, "create", 2L, "history", 0L))),
                    database,
                    Duration.ofMillis(30),
                    database.map(any -> Duration.ofMillis(10))))));
  }

  private static JsonObject reported(Measurement measurement) {
    String line = REPORT.line(measurement, Instant.parse("2026-01-02T03:04:05.678Z"));
    assertThat(line).doesNotContain("\n");
    return Json.createReader(new StringReader(line)).readObject();
  }

  @Test
  void theFiguresAreThoseOfTheMedianRound() {
    JsonObject line = reported(Optional.empty());

    assertThat(line.getJsonNumber("instancesPerSecond").doubleValue()).isEqualTo(0.5);
    assertThat(line.getJsonNumber("stepsPerSecond").doubleValue()).isEqualTo(5);
    assertThat(line.getJsonArray("stepsPerSecondOfRounds")).hasToString("[20,2.5,5]");
    assertThat(line.getJsonObject("latencyMillis"))
        .hasToString("{\"p50\":200.1,\"p90\":2,\"p99\":3,\"max\":4}");
  }

  @Test
  void withoutACountOfTheDatabaseTheEnginesCountIsReported() {
    JsonObject line = reported(Optional.empty());

    assertThat(line.getJsonNumber("commitsPerStep").doubleValue()).isEqualTo(2.1);
    assertThat(line.getString("commitsCountedBy")).isEqualTo("engine");
    assertThat(line.getJsonObject("engineTransactionsPerStep"))
        .hasToString("{\"commit\":2,\"create\":0.1}");
  }

  @Test
  void theDatabasesCountIsPreferred() {
    JsonObject line = reported(Optional.of(new DatabaseCounts(60, 20, 100, 4_000, 18)));

    assertThat(line.getJsonNumber("commitsPerStep").doubleValue()).isEqualTo(3);
    assertThat(line.getString("commitsCountedBy")).isEqualTo("database");
    assertThat(line.getJsonNumber("writingTransactionsPerStep").doubleValue()).isEqualTo(1);
    assertThat(line.getJsonNumber("statementsPerStep").doubleValue()).isEqualTo(5);
    assertThat(line.getJsonNumber("walBytesPerStep").doubleValue()).isEqualTo(200);
    assertThat(line.getJsonNumber("walSyncsPerStep").doubleValue()).isEqualTo(0.9);
  }

  @Test
  void processorTimeIsThatOfAStepInMilliseconds() {
    JsonObject line = reported(Optional.of(new DatabaseCounts(60, 20, 100, 4_000, 18)));

    assertThat(line.getJsonNumber("serverProcessorMillisPerStep").doubleValue()).isEqualTo(1.5);
    assertThat(line.getJsonNumber("databaseProcessorMillisPerStep").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void withoutCountsThereAreFiguresOnly() {
    JsonObject line =
        reported(
            new Measurement(
                SCENARIO,
                new NamedContender("durable"),
                List.of(lasting(1, 100)),
                Optional.empty()));

    assertThat(line).containsKey("stepsPerSecond").doesNotContainKey("commitsPerStep");
  }

  @Test
  void nothingHasNoRateAndItsStepsAreSeconds() {
    JsonObject line =
        reported(
            new Measurement(
                Scenarios.parse("nothing:size=10").get(0),
                new NamedContender("dbos"),
                List.of(new Round(Duration.ofSeconds(10), Optional.empty())),
                Optional.of(
                    new Cost(
                        Optional.empty(),
                        Optional.of(new DatabaseCounts(50, 0, 50, 0, 0)),
                        Duration.ZERO,
                        Optional.empty()))));

    assertThat(line)
        .doesNotContainKey("stepsPerSecond")
        .doesNotContainKey("latencyMillis")
        .doesNotContainKey("engineTransactionsPerStep");
    assertThat(line.getJsonNumber("commitsPerStep").doubleValue()).isEqualTo(5);
  }

  @Test
  void itSaysWhatWasMeasuredWhereAndWhen() {
    JsonObject line = reported(Optional.empty());

    assertThat(line.getString("scenario")).isEqualTo("chain");
    assertThat(line.getString("engine")).isEqualTo("durable");
    assertThat(line.getInt("size")).isEqualTo(10);
    assertThat(line.getInt("rounds")).isEqualTo(3);
    assertThat(line.getInt("warmUpSeconds")).isEqualTo(5);
    assertThat(line.getString("database")).isEqualTo("Derby 10");
    assertThat(line.getString("java")).isEqualTo("17");
    assertThat(line.getInt("processors")).isEqualTo(2);
    assertThat(line.getString("at")).isEqualTo("2026-01-02T03:04:05Z");
  }
}
