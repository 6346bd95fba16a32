package dev.durable.testbed.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.testbed.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two servers with one PostgreSQL, which are broken one time or the other while they work: one with
 * its fast lanes open, one with them closed. A promise that is broken is an exception with the
 * figures. All errands of all tests are checked after each.
 */
final class FaultsIT {

  private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

  /** How soon work goes on is for the long version: a machine that builds is busy. */
  private static final Duration GO_ON = Duration.ofSeconds(30);

  /** Affinity must not be in the way of anything. */
  private static final Map<String, String> PARTITIONED = Map.of("DURABLE_PARTITION_COUNT", "12");

  /** Commits go together all the same: one at a time is too slow for the work of two nodes. */
  private static final Map<String, String> WITHOUT_LANES =
      Map.of(
          "DURABLE_PARTITION_COUNT", "12",
          "DURABLE_LOCAL_ACTIVITIES", "false",
          "DURABLE_LOCAL_STARTS", "false",
          "DURABLE_INSTANCE_CACHE_SIZE", "0",
          "DURABLE_INSTANCE_CACHE_PARKED", "0");

  private static Cluster cluster;

  private final Figures figures = new Figures();

  @BeforeAll
  static void start() throws Exception {
    cluster =
        Cluster.start(
            Setup.read(new Options(System.getProperties())),
            "it",
            Timing.SHORT,
            List.of(PARTITIONED, WITHOUT_LANES));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void whatAKilledNodeHadInHandGoesOnElsewhereInTime() throws Exception {
    run(new KilledNode(), 1);
    assertThat(figures.line()).contains("kills=1");
  }

  @Test
  void nothingOfANodeThatStoodStillIsAcceptedAfterwards() throws Exception {
    run(new FrozenNode(), 1);
    assertThat(figures.line()).contains("accepted-after-thaw=0");
  }

  @Test
  void workGoesOnByItselfWhenTheDatabaseIsBack() throws Exception {
    run(new RestartedDatabase(GO_ON), 2);
    assertThat(figures.line()).contains("restarts=2");
  }

  private void run(Scenario scenario, int rounds) throws Exception {
    try {
      UnderLoad.run(cluster, scenario, rounds, SEED, figures);
    } finally {
      System.out.println(scenario.getClass().getSimpleName() + " " + figures.line());
    }
  }
}
