package dev.durable.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** One that only has a name. */
record NamedContender(String engine) implements Contender {

  @Override
  public boolean takesPartIn(Scenario scenario) {
    return true;
  }

  @Override
  public String database() {
    return engine;
  }

  @Override
  public JsonObject description() {
    return Json.createObjectBuilder().add("java", "17").add("processors", 2).build();
  }

  @Override
  public Round run(Scenario scenario) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<EngineTransactions> transactions() {
    return Optional.empty();
  }

  @Override
  public Duration processorTime() {
    return Duration.ZERO;
  }

  @Override
  public void freeze() {}

  @Override
  public void thaw() {}
}
