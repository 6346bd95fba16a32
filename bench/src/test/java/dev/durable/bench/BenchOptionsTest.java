package dev.durable.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.bench.BenchOptions.DatabaseKind;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {

  private final Properties properties = new Properties();

  BenchOptionsTest() {
    properties.setProperty("db", "postgres");
    properties.setProperty("against", "none");
    properties.setProperty("dbos.queue", "false");
    properties.setProperty("counts", "true");
    properties.setProperty("derby.version", "10");
    properties.setProperty("scenarios", "idle");
    properties.setProperty("shapes", "none");
    properties.setProperty("rounds", "3");
    properties.setProperty("warm-up", "5");
    properties.setProperty("liberty", "wlp");
    properties.setProperty("work", "work");
  }

  @Test
  void optionsAreRead() {
    BenchOptions options = BenchOptions.read(properties);

    assertThat(options.database()).isEqualTo(DatabaseKind.POSTGRES);
    assertThat(options.scenarios()).extracting(Scenario::name).containsExactly("idle");
    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.counting()).isTrue();
    assertThat(options.warmUp()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.liberty()).isAbsolute();
  }

  @Test
  void anUnknownDatabaseIsRefusedWithTheKnownOnes() {
    properties.setProperty("db", "h2");

    assertThatThrownBy(() -> BenchOptions.read(properties))
        .hasMessage("db is h2; allowed: derby, postgres");
  }

  @Test
  void aRivalNeedsPostgres() {
    properties.setProperty("db", "derby");
    properties.setProperty("against", "dbos");

    assertThatThrownBy(() -> BenchOptions.read(properties))
        .hasMessage("against is dbos, which needs db=postgres");
  }

  @Test
  void allMeansWhatOursCanDoWithoutARival() {
    properties.setProperty("scenarios", "all");
    properties.setProperty("db", "derby");

    assertThat(names()).contains("chain", "nothing", "transfers").doesNotContain("floor");
  }

  @Test
  void allMeansWhatBothCanDoWithARivalAndTheFloor() {
    properties.setProperty("scenarios", "all");
    properties.setProperty("against", "dbos");

    assertThat(names()).contains("chain", "nothing", "floor").doesNotContain("transfers");
  }

  @Test
  void aScenarioOfOurOwnIsMeasuredWithARivalIfItIsAskedFor() {
    properties.setProperty("scenarios", "chain,transfers");
    properties.setProperty("against", "dbos");

    assertThat(names()).containsExactly("chain", "transfers");
  }

  @Test
  void derbyHasNoFloor() {
    properties.setProperty("scenarios", "floor");
    properties.setProperty("db", "derby");

    assertThatThrownBy(() -> BenchOptions.read(properties))
        .hasMessage("The floor is of PostgreSQL: it needs db=postgres");
  }

  private List<String> names() {
    return BenchOptions.read(properties).scenarios().stream().map(Scenario::name).toList();
  }

  @Test
  void noShapesAreMeasuredUnlessTheyAreAskedFor() {
    assertThat(BenchOptions.read(properties).shapes()).isEmpty();
  }

  @Test
  void shapesAreOfOurEngineOnPostgres() {
    properties.setProperty("shapes", "pages");
    properties.setProperty("db", "derby");

    assertThatThrownBy(() -> BenchOptions.read(properties))
        .hasMessage(
            "Shapes are of our engine on PostgreSQL: they need db=postgres and against=none");
  }

  @Test
  void noRoundsAreRefused() {
    properties.setProperty("rounds", "0");

    assertThatThrownBy(() -> BenchOptions.read(properties))
        .hasMessage("rounds is 0; allowed: whole numbers from 1");
  }

  @Test
  void aMissingOptionIsNamed() {
    properties.remove("liberty");

    assertThatThrownBy(() -> BenchOptions.read(properties)).hasMessage("liberty is missing");
  }
}
