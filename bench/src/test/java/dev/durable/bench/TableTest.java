package dev.durable.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final Scenario CHAIN = Scenarios.parse("chain:size=100:instances=10").get(0);
  private static final Scenario IDLE = Scenarios.parse("idle").get(0);
  private static final Scenario NOTHING = Scenarios.parse("nothing:size=10").get(0);
  private static final Scenario FLOOR = Scenarios.parse("floor:instances=1000").get(0);

  private static Measurement measured(
      Scenario scenario, String engine, Optional<Cost> cost, int... seconds) {
    return new Measurement(
        scenario,
        new NamedContender(engine),
        Arrays.stream(seconds)
            .mapToObj(
                each ->
                    new Round(
                        Duration.ofSeconds(each),
                        Optional.of(new Latencies(each, each, each * 10, each))))
            .toList(),
        cost);
  }

  private static Optional<Cost> cost(long commits) {
    return Optional.of(
        new Cost(
            Optional.empty(),
            Optional.of(new DatabaseCounts(commits, commits / 2, 5_000, 1_000_000, 400)),
            Duration.ofSeconds(2),
            Optional.of(Duration.ofSeconds(1))));
  }

  private static Stream<String> lines(Measurement... all) {
    return Table.of(List.of(all)).lines();
  }

  @Test
  void aRateIsThatOfTheMedianRoundAndOursIsDividedByTheirs() {
    assertThat(
            lines(
                measured(CHAIN, "durable", Optional.empty(), 1, 4, 2),
                measured(CHAIN, "dbos", Optional.empty(), 4, 4, 5)))
        .containsExactly(
            "| scenario | unit | durable | dbos | durable / dbos | all rounds |",
            "| --- | --- | --- | --- | --- | --- |",
            "| `chain` (100) | steps/s | 500 | 250 | 2.00 | 1,000 250 500 / 250 250 200 |");
  }

  @Test
  void ofLatenciesThereAreTwoLines() {
    assertThat(
            lines(
                measured(IDLE, "durable", Optional.empty(), 3),
                measured(IDLE, "dbos", Optional.empty(), 6)))
        .contains(
            "| `idle` (1) | ms, half; less is better | 3.00 | 6.00 | 0.500 | 3.00 / 6.00 |",
            "| `idle` (1) | ms, 99 %; less is better | 30.0 | 60.0 | 0.500 | 30.0 / 60.0 |");
  }

  @Test
  void ofNothingTheCommitsCount() {
    assertThat(
            lines(
                measured(NOTHING, "durable", cost(10), 10),
                measured(NOTHING, "dbos", cost(50), 10)))
        .contains(
            "| `nothing` (10) | commits/s; less is better | 1.00 | 5.00 | 0.200 | 1.00 / 5.00 |");
  }

  @Test
  void theFloorHasAColumnOfItsOwn() {
    assertThat(
            lines(
                measured(CHAIN, "durable", Optional.empty(), 1),
                measured(FLOOR, "jdbc", Optional.empty(), 2)))
        .containsExactly(
            "| scenario | unit | durable | jdbc | all rounds |",
            "| --- | --- | --- | --- | --- |",
            "| `chain` (100) | steps/s | 1,000 |  | 1,000 |",
            "| `floor` (1) | instances/s |  | 500 | 500 |");
  }

  @Test
  void whatAStepCostsStandsBelow() {
    assertThat(lines(measured(CHAIN, "durable", cost(4_000), 1)))
        .endsWith(
            "",
            "| each step of the last round | engine | commits | of them writing | statements"
                + " | WAL syncs | WAL bytes | CPU ms of server | CPU ms of PostgreSQL |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
            "| `chain` | durable | 4.00 | 2.00 | 5.00 | 0.400 | 1,000 | 2.00 | 1.00 |");
  }
}
