package dev.durable.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Derby inside the server. It counts nothing; the engine's count stands for it. */
record DerbyDatabase(Path directory, String version) implements MeasuredDatabase {

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("DURABLE_DB", "derby", "DURABLE_DERBY_DIRECTORY", directory.toString());
  }

  @Override
  public Optional<DatabaseCounts> counts(String database) {
    return Optional.empty();
  }

  @Override
  public Duration settling() {
    return Duration.ZERO;
  }

  @Override
  public Optional<Duration> processorTime() {
    return Optional.empty();
  }

  /** The server closes it. */
  @Override
  public void close() {}
}
