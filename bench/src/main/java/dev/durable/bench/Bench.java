package dev.durable.bench;

import dev.durable.testbed.server.Directories;
import dev.durable.testbed.server.LibertyInstallation;
import dev.durable.testbed.server.LibertyServer;
import dev.durable.testbed.server.Ports;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Measures the engine in a server. Results go to standard output and to a file, one line of JSON
 * for each scenario; what it is doing goes to standard error.
 */
public final class Bench {

  private final BenchOptions options;

  private Bench(BenchOptions options) {
    this.options = options;
  }

  /** Reads its options from system properties; see the README. */
  public static void main(String[] args) throws Exception {
    BenchOptions options;
    try {
      options = BenchOptions.read(System.getProperties());
    } catch (IllegalArgumentException e) {
      say(String.valueOf(e.getMessage()));
      System.exit(2);
      return;
    }
    new Bench(options).run();
  }

  private void run() throws IOException, SQLException, InterruptedException {
    Path data = Directories.emptied(options.work().resolve("data"));
    Files.deleteIfExists(results());
    try (MeasuredDatabase database = database(data)) {
      say("Starting Open Liberty on " + database.version());
      LibertyInstallation liberty =
          new LibertyInstallation(options.liberty(), options.work().resolve("usr"));
      try (LibertyServer server =
          LibertyServer.start(liberty, "bench", Ports.free(), database.environment())) {
        ServerUnderLoad load = new ServerUnderLoad(server);
        JsonObject description = load.awaitReady();
        measure(load, database, new Report(description, database, options.warmUp().toSeconds()));
        say("Stopping");
      }
    }
  }

  private void measure(ServerUnderLoad server, MeasuredDatabase database, Report report)
      throws IOException, InterruptedException {
    for (Scenario scenario : options.scenarios()) {
      say("Warming up: " + scenario.name());
      warmUp(server, scenario);
    }
    TimeUnit.MILLISECONDS.sleep(database.settlingMillis());
    for (Scenario scenario : options.scenarios()) {
      say("Measuring: " + scenario.name());
      Measurement measurement = Measurement.of(scenario, options.rounds(), server, database);
      String line = report.line(measurement, Instant.now());
      System.out.println(line);
      Files.writeString(
          results(),
          line + System.lineSeparator(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private void warmUp(ServerUnderLoad server, Scenario scenario) throws InterruptedException {
    long end = System.nanoTime() + options.warmUp().toNanos();
    while (System.nanoTime() < end) {
      server.run(scenario);
    }
  }

  /** Maven puts colours around what it lets through to its output. */
  private Path results() {
    return options.work().resolve("results.jsonl");
  }

  private MeasuredDatabase database(Path data) throws IOException, SQLException {
    return switch (options.database()) {
      case DERBY -> new DerbyDatabase(data.resolve("derby"), "Derby " + options.derbyVersion());
      case POSTGRES -> MeasuredPostgres.start(data.resolve("postgres"));
    };
  }

  private static void say(String line) {
    System.err.println("# " + line);
  }
}
