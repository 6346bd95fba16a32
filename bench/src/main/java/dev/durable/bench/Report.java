package dev.durable.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * The results as JSON. The README describes the fields.
 *
 * @param warmUpSeconds how long each scenario was driven before
 */
record Report(MeasuredDatabase database, long warmUpSeconds) {

  private static final MathContext DIGITS = new MathContext(4);

  /** One line, without its end. */
  String line(Measurement measurement, Instant at) {
    Scenario scenario = measurement.scenario();
    Round median = measurement.median();
    JsonObjectBuilder line =
        Json.createObjectBuilder()
            .add("scenario", scenario.name())
            .add("engine", measurement.contender().engine())
            .add("size", scenario.size())
            .add("instances", scenario.instances())
            .add("concurrency", scenario.concurrency())
            .add("senders", scenario.senders())
            .add("pauseMillis", scenario.pause().toMillis())
            .add("rounds", measurement.rounds().size());
    if (!scenario.isOfNothing()) {
      line.add("instancesPerSecond", rounded(median.perSecond(scenario.instances())))
          .add("stepsPerSecond", rounded(median.perSecond(scenario.steps())))
          .add("stepsPerSecondOfRounds", ofRounds(measurement));
    }
    median.latencies().ifPresent(all -> line.add("latencyMillis", latencies(all)));
    measurement.cost().ifPresent(cost -> addCost(line, measurement, cost));
    return line.add("warmUpSeconds", warmUpSeconds)
        .add("database", database.version())
        .add("databaseSettings", object(database.settings()))
        .addAll(Json.createObjectBuilder(measurement.contender().description()))
        .add("at", at.truncatedTo(ChronoUnit.SECONDS).toString())
        .build()
        .toString();
  }

  private static JsonArrayBuilder ofRounds(Measurement measurement) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    measurement
        .rounds()
        .forEach(round -> all.add(rounded(round.perSecond(measurement.scenario().steps()))));
    return all;
  }

  private static JsonObjectBuilder latencies(Latencies latencies) {
    return Json.createObjectBuilder()
        .add("p50", rounded(latencies.p50()))
        .add("p90", rounded(latencies.p90()))
        .add("p99", rounded(latencies.p99()))
        .add("max", rounded(latencies.max()));
  }

  private static void addCost(JsonObjectBuilder line, Measurement of, Cost cost) {
    cost.database()
        .ifPresentOrElse(
            counts ->
                line.add("commitsPerStep", rounded(of.perStep(counts.committed())))
                    .add("commitsCountedBy", "database")
                    .add("writingTransactionsPerStep", rounded(of.perStep(counts.writing())))
                    .add("statementsPerStep", rounded(of.perStep(counts.statements())))
                    .add("walBytesPerStep", rounded(of.perStep(counts.walBytes())))
                    .add("walSyncsPerStep", rounded(of.perStep(counts.walSyncs()))),
            () ->
                cost.engine()
                    .ifPresent(
                        engine ->
                            line.add("commitsPerStep", rounded(of.perStep(engine.total())))
                                .add("commitsCountedBy", "engine")));
    line.add("serverProcessorMillisPerStep", rounded(of.perStep(millis(cost.server()))));
    cost.databaseProcesses()
        .ifPresent(
            time -> line.add("databaseProcessorMillisPerStep", rounded(of.perStep(millis(time)))));
    cost.engine().ifPresent(engine -> addTransactions(line, of, engine));
  }

  private static void addTransactions(
      JsonObjectBuilder line, Measurement of, EngineTransactions engine) {
    JsonObjectBuilder byCall = Json.createObjectBuilder();
    new TreeMap<>(engine.byCall())
        .forEach(
            (call, count) -> {
              if (count > 0) {
                byCall.add(call, rounded(of.perStep(count)));
              }
            });
    line.add("engineTransactionsPerStep", byCall);
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }

  private static JsonObjectBuilder object(Map<String, String> entries) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    new TreeMap<>(entries).forEach(object::add);
    return object;
  }

  private static BigDecimal rounded(double value) {
    BigDecimal four = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
    return four.scale() < 0 ? four.setScale(0) : four;
  }
}
