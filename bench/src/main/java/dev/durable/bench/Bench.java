package dev.durable.bench;

import dev.durable.testbed.server.Directories;
import dev.durable.testbed.server.LibertyInstallation;
import dev.durable.testbed.server.LibertyServer;
import dev.durable.testbed.server.Ports;
import dev.durable.testbed.server.PostgresDatabase;
import dev.durable.testbed.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the engine in a server, and another one in its own. Results go to standard output and to
 * a file, one line of JSON for each scenario and engine, and a table at the end; what it is doing
 * goes to standard error.
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

  private void run() throws Exception {
    Path data = Directories.emptied(options.work().resolve("data"));
    Files.deleteIfExists(results());
    Files.deleteIfExists(table());
    if (!options.shapes().isEmpty()) {
      measureShapes(data);
      return;
    }
    switch (options.database()) {
      case DERBY -> {
        try (MeasuredDatabase database =
            new DerbyDatabase(data.resolve("derby"), "Derby " + options.derbyVersion())) {
          withOurs(database, List.of());
        }
      }
      case POSTGRES -> {
        try (MeasuredPostgres database = MeasuredPostgres.start(data.resolve("postgres"));
            Floor floor = Floor.in(database.create(Floor.DATABASE))) {
          withRival(database, floor);
        }
      }
    }
  }

  /** Each on a database and a server of its own. */
  private void measureShapes(Path data) throws Exception {
    List<Finding> all = new ArrayList<>();
    for (Shape shape : options.shapes()) {
      Path directory = Directories.emptied(data.resolve(shape.name()));
      try (MeasuredPostgres database = MeasuredPostgres.start(directory)) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.putAll(shape.settings());
        say("Starting Open Liberty for " + shape.name() + " " + shape.settings());
        LibertyInstallation liberty =
            new LibertyInstallation(options.liberty(), options.work().resolve("usr"));
        try (LibertyServer server =
            LibertyServer.start(liberty, "bench", Ports.free(), environment)) {
          ServerUnderLoad ours = ServerUnderLoad.ofOurs(server.process(), PostgresDatabase.NAME);
          Stage stage =
              new Stage(shape, database, ours, finding -> tell(finding, database.version(), all));
          shape.study().measure(shape, stage);
        }
      }
      Directories.emptied(directory);
    }
    String text = ShapeReport.table(all);
    System.out.println(text);
    Files.writeString(table(), text);
  }

  private void tell(Finding finding, String database, List<Finding> all) {
    all.add(finding);
    tell(ShapeReport.line(finding, database, Instant.now()));
  }

  private void tell(String line) {
    System.out.println(line);
    try {
      Files.writeString(
          results(),
          line + System.lineSeparator(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("The results cannot be written", e);
    }
  }

  private void withRival(MeasuredPostgres database, Floor floor) throws Exception {
    switch (options.rival()) {
      case NONE -> withOurs(database, List.of(floor));
      case DBOS -> {
        say("Starting DBOS on " + database.version());
        ServerProcess dbos =
            DbosProcess.start(
                database.create(DbosProcess.DATABASE),
                options.work().resolve("dbos"),
                options.queued());
        try {
          withOurs(
              database, List.of(ServerUnderLoad.of("dbos", dbos, DbosProcess.DATABASE), floor));
        } finally {
          dbos.kill();
          dbos.forget();
        }
      }
    }
  }

  private void withOurs(MeasuredDatabase database, List<Contender> others) throws Exception {
    say("Starting Open Liberty on " + database.version());
    LibertyInstallation liberty =
        new LibertyInstallation(options.liberty(), options.work().resolve("usr"));
    try (LibertyServer server =
        LibertyServer.start(liberty, "bench", Ports.free(), database.environment())) {
      List<Contender> contenders = new ArrayList<>();
      contenders.add(ServerUnderLoad.ofOurs(server.process(), PostgresDatabase.NAME));
      contenders.addAll(others);
      Contest contest = new Contest(contenders, database, options.counting());
      contest.begin();
      try {
        measure(contest, new Report(database, options.warmUp().toSeconds()));
      } finally {
        contest.end();
      }
      say("Stopping");
    }
  }

  private void measure(Contest contest, Report report) throws IOException, InterruptedException {
    for (Scenario scenario : options.scenarios()) {
      say("Warming up: " + scenario.name());
      contest.warmUp(scenario, options.warmUp());
    }
    List<Measurement> all = new ArrayList<>();
    for (Scenario scenario : options.scenarios()) {
      say("Measuring: " + scenario.name());
      for (Measurement measurement : contest.measure(scenario, options.rounds())) {
        all.add(measurement);
        tell(report.line(measurement, Instant.now()));
      }
    }
    String text = Table.of(all);
    System.out.println(text);
    Files.writeString(table(), text);
  }

  /** Maven puts colours around what it lets through to its output. */
  private Path results() {
    return options.work().resolve("results.jsonl");
  }

  private Path table() {
    return options.work().resolve("results.md");
  }

  private static void say(String line) {
    System.err.println("# " + line);
  }
}
