package dev.durable.testbed.fault;

import dev.durable.testbed.Options;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs scenarios, each on a cluster of its own, and prints one line for each: its name, whether it
 * kept its promise, and what was measured. Ends with 1 if a promise was broken.
 */
public final class Faults {

  private static final Duration STOP = Duration.ofSeconds(10);
  private static final Duration GO_ON = Duration.ofSeconds(5);
  private static final Duration FIVE_HOURS = Duration.ofHours(5);

  /** Runs one and notes what it measured. */
  private interface Run {
    void run(Figures figures) throws Exception;
  }

  private final Setup setup;
  private final Timing leases;
  private final int nodes;
  private final int rounds;
  private final long seed;
  private final Map<String, Run> scenarios = new LinkedHashMap<>();

  private Faults(Options options) {
    this.setup = Setup.read(options);
    this.nodes = options.number("nodes", 2, 5);
    this.rounds = options.number("rounds", 1, 1000);
    this.seed = options.number("seed", 0, 999_999_999);
    this.leases =
        new Timing(
            Duration.ofMillis(options.number("lease", 1000, 3_600_000)),
            Duration.ofMillis(options.number("renewal", 100, 1_800_000)),
            Duration.ofMillis(options.number("polling", 10, 60_000)));
    scenarios.put("kill", figures -> underLoad("kill", leases, new KilledNode(), figures));
    scenarios.put("freeze", figures -> underLoad("freeze", leases, new FrozenNode(), figures));
    scenarios.put("clocks", this::clocks);
    scenarios.put(
        "stop", figures -> underLoad("stop", Timing.LONG, new StoppedNode(STOP), figures));
    scenarios.put("throughput", this::throughput);
    scenarios.put(
        "database",
        figures -> underLoad("database", leases, new RestartedDatabase(GO_ON), figures));
    scenarios.put("idle", this::idle);
  }

  /** Reads its options from system properties; see the README. */
  public static void main(String[] args) throws Exception {
    int exit = 2;
    try {
      Options options = new Options(System.getProperties());
      exit = new Faults(options).run(options.text("scenarios")) ? 0 : 1;
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    System.exit(exit);
  }

  private boolean run(String names) throws Exception {
    List<String> wanted =
        names.equals("all")
            ? List.copyOf(scenarios.keySet())
            : Arrays.stream(names.split(",")).map(String::strip).toList();
    boolean kept = true;
    for (String name : wanted) {
      Run scenario = scenarios.get(name);
      if (scenario == null) {
        throw new IllegalArgumentException(
            "There is no scenario " + name + "; there are " + scenarios.keySet() + " and all");
      }
      kept &= run(name, scenario);
    }
    return kept;
  }

  private static boolean run(String name, Run scenario) throws Exception {
    Figures figures = new Figures();
    String outcome = "NOT RUN TO ITS END";
    String problem = "";
    try {
      scenario.run(figures);
      outcome = "KEPT";
    } catch (BrokenPromise e) {
      outcome = "BROKEN";
      problem = "\n  " + e.getMessage();
    } catch (IllegalStateException | IOException | SQLException e) {
      problem = "\n  " + e;
    }
    figures.note(
        "machine-load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    System.out.println(name + " " + outcome + " " + figures.line() + problem);
    return outcome.equals("KEPT");
  }

  private void underLoad(String name, Timing timing, Scenario scenario, Figures figures)
      throws Exception {
    try (Cluster cluster = Cluster.start(setup, name, timing, UnderLoad.alike(nodes))) {
      UnderLoad.run(cluster, scenario, rounds, seed, figures);
    }
  }

  /** Once with true clocks, to compare with, and once with clocks that are ten hours apart. */
  private void clocks(Figures figures) throws Exception {
    Optional<SkewedClock> skewed = SkewedClock.compile(setup.work().resolve("skew"));
    if (skewed.isEmpty()) {
      throw new IllegalStateException("shifting a clock needs Linux and a C compiler, gcc or cc");
    }
    clocks("clocks-true", skewed.get(), Duration.ZERO, Duration.ZERO, figures);
    clocks("clocks-apart", skewed.get(), FIVE_HOURS, FIVE_HOURS.negated(), figures);
  }

  private void clocks(
      String name, SkewedClock skewed, Duration first, Duration second, Figures figures)
      throws Exception {
    Figures measured = new Figures();
    try (Cluster cluster =
        Cluster.start(
            setup, name, leases, List.of(skewed.environment(first), skewed.environment(second)))) {
      UnderLoad.run(cluster, new ClocksApart(first, second), rounds, seed, measured);
    } finally {
      figures.note(name, "(" + measured.line() + ")");
    }
  }

  private void throughput(Figures figures) throws Exception {
    try (Cluster cluster = Cluster.start(setup, "throughput", Timing.DEFAULT, UnderLoad.alike(2))) {
      Throughput.run(cluster, rounds, figures);
    }
  }

  private void idle(Figures figures) throws Exception {
    try (Cluster cluster = Cluster.start(setup, "idle", Timing.DEFAULT, UnderLoad.alike(nodes))) {
      IdleCost.run(cluster, figures);
    }
  }
}
