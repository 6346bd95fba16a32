package dev.durable.bench;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** What is measured: an engine in its server, or the database without one. */
interface Contender {

  /** What it is called in the results. */
  String engine();

  /** Whether it takes part in it. */
  boolean takesPartIn(Scenario scenario);

  /** The name of its database. */
  String database();

  /** Where it is measured, and with which settings. */
  JsonObject description();

  /** Runs a scenario once. */
  Round run(Scenario scenario) throws InterruptedException;

  /** Its own count of its transactions up to now; empty if it has none. */
  Optional<EngineTransactions> transactions() throws InterruptedException;

  /** What its process has used of the processors. */
  Duration processorTime();

  /** Lets it stand still, so that it takes nothing from others. */
  void freeze() throws InterruptedException;

  /** Lets it go on. */
  void thaw() throws InterruptedException;
}
