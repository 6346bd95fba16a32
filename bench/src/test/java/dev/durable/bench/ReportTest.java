package dev.durable.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.bench.MeasuredDatabase.Counts;
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

  private static final Scenario SCENARIO = Scenario.parse("chain:size=10:instances=2").get(0);

  private static final Report REPORT =
      new Report(
          Json.createObjectBuilder().add("java", "17").add("processors", 2).build(),
          new DerbyDatabase(Path.of("data"), "Derby 10"),
          5);

  private static Round lasting(int seconds, double p50) {
    return new Round(Duration.ofSeconds(seconds), new Latencies(p50, 2, 3, 4));
  }

  private static JsonObject reported(Optional<Counts> database) {
    Measurement measurement =
        new Measurement(
            SCENARIO,
            List.of(lasting(1, 100), lasting(8, 300), lasting(4, 200.123456)),
            new EngineTransactions(Map.of("commit", 120L, "create", 6L, "history", 0L)),
            database);
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
    JsonObject line = reported(Optional.of(new Counts(180, 60)));

    assertThat(line.getJsonNumber("commitsPerStep").doubleValue()).isEqualTo(3);
    assertThat(line.getString("commitsCountedBy")).isEqualTo("database");
    assertThat(line.getJsonNumber("writingTransactionsPerStep").doubleValue()).isEqualTo(1);
  }

  @Test
  void itSaysWhatWasMeasuredWhereAndWhen() {
    JsonObject line = reported(Optional.empty());

    assertThat(line.getString("scenario")).isEqualTo("chain");
    assertThat(line.getInt("size")).isEqualTo(10);
    assertThat(line.getInt("rounds")).isEqualTo(3);
    assertThat(line.getInt("warmUpSeconds")).isEqualTo(5);
    assertThat(line.getString("database")).isEqualTo("Derby 10");
    assertThat(line.getString("java")).isEqualTo("17");
    assertThat(line.getInt("processors")).isEqualTo(2);
    assertThat(line.getString("at")).isEqualTo("2026-01-02T03:04:05Z");
  }
}
