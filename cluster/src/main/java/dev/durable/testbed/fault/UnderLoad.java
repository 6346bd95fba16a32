package dev.durable.testbed.fault;

import dev.durable.testbed.check.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a scenario while clients keep a cluster busy, and looks at everything afterwards. */
final class UnderLoad {

  private static final int CLIENTS = 4;
  private static final int IN_FLIGHT = 60;
  private static final Duration END = Duration.ofMinutes(2);

  private UnderLoad() {}

  /** Environments of nodes that are all alike. */
  static List<Map<String, String>> alike(int nodes) {
    return Stream.generate(Map::<String, String>of).limit(nodes).collect(Collectors.toList());
  }

  /**
   * Does it to a cluster that is already there.
   *
   * @throws BrokenPromise if the cluster did not do what it should, or a check finds something
   */
  static void run(Cluster cluster, Scenario scenario, int rounds, long seed, Figures figures)
      throws Exception {
    long began = System.nanoTime();
    try (Load load = Load.begin(cluster, Mix.ofEverything(seed), CLIENTS, IN_FLIGHT)) {
      scenario.run(cluster, rounds, figures);
      load.end(END);
    }
    Report report = cluster.check();
    figures
        .note("errands", cluster.started().get())
        .note("checks", report.checks())
        .note("seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began))
        .note("seed", seed);
  }
}
