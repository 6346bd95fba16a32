package dev.durable.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results for readers, in Markdown: what was reached, and what a step cost. */
final class Table {

  private static final String NOT_KNOWN = "";

  private static final List<CostColumn> COSTS =
      List.of(
          new CostColumn("commits", Cost::commits),
          new CostColumn("of them writing", ofDatabase(DatabaseCounts::writing)),
          new CostColumn("statements", ofDatabase(DatabaseCounts::statements)),
          new CostColumn("WAL syncs", ofDatabase(DatabaseCounts::walSyncs)),
          new CostColumn("WAL bytes", ofDatabase(DatabaseCounts::walBytes)),
          new CostColumn("CPU ms of server", cost -> Optional.of(cost.server().toNanos() / 1e6)),
          new CostColumn(
              "CPU ms of PostgreSQL",
              cost -> cost.databaseProcesses().map(time -> time.toNanos() / 1e6)));

  private final List<Measurement> all;
  private final List<String> engines;
  private final StringBuilder text = new StringBuilder();

  private Table(List<Measurement> all) {
    this.all = all;
    this.engines = all.stream().map(one -> one.contender().engine()).distinct().toList();
  }

  private record CostColumn(String name, Function<Cost, Optional<Double>> ofRound) {}

  private static Function<Cost, Optional<Double>> ofDatabase(ToLongFunction<DatabaseCounts> count) {
    return cost -> cost.database().map(counts -> (double) count.applyAsLong(counts));
  }

  /** Of measurements in the order in which they were made; ends with a line end. */
  static String of(List<Measurement> all) {
    Table table = new Table(all);
    table.figures();
    if (all.stream().anyMatch(one -> one.cost().isPresent())) {
      table.text.append(System.lineSeparator());
      table.costs();
    }
    return table.text.toString();
  }

  private void figures() {
    head(
        Stream.of(
            Stream.of("scenario", "unit"),
            engines.stream(),
            ratioOf().map(pair -> String.join(" / ", pair)).stream(),
            Stream.of("all rounds")));
    for (Scenario scenario : scenarios()) {
      switch (scenario.figure()) {
        case STEPS -> figure(scenario, "", one -> ofRounds(one, scenario.steps()));
        case INSTANCES -> figure(scenario, "", one -> ofRounds(one, scenario.instances()));
        case LATENCY -> {
          figure(scenario, ", half", one -> ofRounds(one, Latencies::p50));
          figure(scenario, ", 99 %", one -> ofRounds(one, Latencies::p99));
        }
        case COMMITS ->
            figure(
                scenario,
                "",
                one -> one.cost().flatMap(Cost::commits).map(one::perStep).stream().toList());
      }
    }
  }

  private static List<Double> ofRounds(Measurement one, long count) {
    return one.rounds().stream().map(round -> round.perSecond(count)).toList();
  }

  private static List<Double> ofRounds(Measurement one, Function<Latencies, Double> value) {
    return one.rounds().stream().flatMap(round -> round.latencies().stream()).map(value).toList();
  }

  private void figure(
      Scenario scenario, String part, Function<Measurement, List<Double>> valuesOf) {
    boolean moreIsBetter = scenario.figure().moreIsBetter();
    List<List<Double>> values =
        engines.stream()
            .map(engine -> measured(scenario, engine).map(valuesOf).orElse(List.of()))
            .toList();
    List<Optional<Double>> medians =
        values.stream().map(rounds -> median(rounds, moreIsBetter)).toList();
    row(
        Stream.of(
            Stream.of(
                "`" + scenario.name() + "` (" + scenario.size() + ")",
                scenario.figure().unit() + part + (moreIsBetter ? "" : "; less is better")),
            medians.stream().map(Table::text),
            ratioOf().map(pair -> ratio(medians, pair)).stream(),
            Stream.of(
                values.stream()
                    .filter(rounds -> !rounds.isEmpty())
                    .map(rounds -> joined(rounds, " "))
                    .collect(Collectors.joining(" / ")))));
  }

  /** Of an even number, the better one of those in the middle. */
  private static Optional<Double> median(List<Double> values, boolean moreIsBetter) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = moreIsBetter ? sorted.size() / 2 : (sorted.size() - 1) / 2;
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(middle));
  }

  /** Our engine and the one that it is compared with; empty if there is none. */
  private Optional<List<String>> ratioOf() {
    List<String> compared =
        all.stream()
            .filter(one -> one.scenario().entrants() == Entrants.ALL)
            .map(one -> one.contender().engine())
            .distinct()
            .toList();
    return compared.size() == 2 ? Optional.of(compared) : Optional.empty();
  }

  private String ratio(List<Optional<Double>> medians, List<String> pair) {
    Optional<Double> ours = medians.get(engines.indexOf(pair.get(0)));
    Optional<Double> theirs = medians.get(engines.indexOf(pair.get(1)));
    return text(ours.flatMap(own -> theirs.map(other -> own / other)));
  }

  private void costs() {
    head(
        Stream.of(
            Stream.of("each step of the last round", "engine"),
            COSTS.stream().map(CostColumn::name)));
    for (Measurement one : all) {
      row(
          Stream.of(
              Stream.of("`" + one.scenario().name() + "`", one.contender().engine()),
              COSTS.stream()
                  .map(column -> one.cost().flatMap(column.ofRound()).map(one::perStep))
                  .map(Table::text)));
    }
  }

  private List<Scenario> scenarios() {
    return all.stream().map(Measurement::scenario).distinct().toList();
  }

  private Optional<Measurement> measured(Scenario scenario, String engine) {
    return all.stream()
        .filter(one -> one.scenario().equals(scenario))
        .filter(one -> one.contender().engine().equals(engine))
        .findFirst();
  }

  private static String joined(List<Double> values, String separator) {
    return values.stream()
        .map(value -> text(Optional.of(value)))
        .collect(Collectors.joining(separator));
  }

  /** To three digits, and to all those before the point. */
  private static String text(Optional<Double> value) {
    return value
        .map(
            number -> {
              int behindPoint = number >= 100 ? 0 : number >= 10 ? 1 : number >= 1 ? 2 : 3;
              return String.format(Locale.ROOT, "%,." + behindPoint + "f", number);
            })
        .orElse(NOT_KNOWN);
  }

  private void head(Stream<Stream<String>> cells) {
    List<String> names = cells.flatMap(Function.identity()).toList();
    row(Stream.of(names.stream()));
    row(Stream.of(names.stream().map(name -> "---")));
  }

  private void row(Stream<Stream<String>> cells) {
    text.append(cells.flatMap(Function.identity()).collect(Collectors.joining(" | ", "| ", " |")))
        .append(System.lineSeparator());
  }
}
