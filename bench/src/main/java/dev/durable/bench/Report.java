package dev.durable.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * The results as JSON. The README describes the fields.
 *
 * @param server where was measured, as the application tells
 * @param warmUpSeconds how long each scenario was driven before
 */
record Report(JsonObject server, MeasuredDatabase database, long warmUpSeconds) {

  private static final MathContext DIGITS = new MathContext(4);

  /** One line, without its end. */
  String line(Measurement measurement, Instant at) {
    Scenario scenario = measurement.scenario();
    Round median = Round.median(measurement.rounds());
    JsonObjectBuilder line =
        Json.createObjectBuilder()
            .add("scenario", scenario.name())
            .add("size", scenario.size())
            .add("instances", scenario.instances())
            .add("concurrency", scenario.concurrency())
            .add("senders", scenario.senders())
            .add("pauseMillis", scenario.pause().toMillis())
            .add("rounds", measurement.rounds().size())
            .add("instancesPerSecond", rounded(median.perSecond(scenario.instances())))
            .add("stepsPerSecond", rounded(median.perSecond(scenario.steps())))
            .add("stepsPerSecondOfRounds", ofRounds(measurement))
            .add("latencyMillis", latencies(median.latencies()));
    addCommits(line, measurement);
    return line.add("warmUpSeconds", warmUpSeconds)
        .add("database", database.version())
        .add("databaseSettings", object(database.settings()))
        .addAll(Json.createObjectBuilder(server))
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

  private static void addCommits(JsonObjectBuilder line, Measurement measurement) {
    double steps = measurement.steps();
    measurement
        .database()
        .ifPresentOrElse(
            counts ->
                line.add("commitsPerStep", rounded(counts.committed() / steps))
                    .add("commitsCountedBy", "database")
                    .add("writingTransactionsPerStep", rounded(counts.writing() / steps)),
            () ->
                line.add("commitsPerStep", rounded(measurement.engine().total() / steps))
                    .add("commitsCountedBy", "engine"));
    JsonObjectBuilder byCall = Json.createObjectBuilder();
    new TreeMap<>(measurement.engine().byCall())
        .forEach(
            (call, count) -> {
              if (count > 0) {
                byCall.add(call, rounded(count / steps));
              }
            });
    line.add("engineTransactionsPerStep", byCall);
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
