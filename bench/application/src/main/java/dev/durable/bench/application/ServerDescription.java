package dev.durable.bench.application;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * Where it is measured.
 *
 * @param java the version that runs the server
 * @param processors those that it sees
 * @param maxHeapMegabytes what its heap may grow to
 * @param settings the {@code durable.*} keys that are set; the others have their defaults
 */
public record ServerDescription(
    String java, int processors, long maxHeapMegabytes, Map<String, String> settings) {

  /** Where this run listens and keeps its data; says nothing about speed. */
  private static final List<String> OF_THE_RUN =
      List.of("durable.http.", "durable.admin.", "durable.pg.", "durable.derby.");

  static ServerDescription of(Config config) {
    Map<String, String> settings = new TreeMap<>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith("durable.") && OF_THE_RUN.stream().noneMatch(name::startsWith)) {
        config.getOptionalValue(name, String.class).ifPresent(value -> settings.put(name, value));
      }
    }
    return new ServerDescription(
        System.getProperty("java.runtime.version"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() / (1024 * 1024),
        settings);
  }
}
