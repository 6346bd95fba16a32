package dev.durable.testbed.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.testbed.Options;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Servers that an operator stops while they work. Their leases are long: on a machine that builds,
 * a server may stand still for seconds, and what it loses by that would be done twice as well.
 */
final class StopsIT {

  /** How long a stop takes is for the long version. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

  @Test
  void aNodeThatIsStoppedEndsWhatItHasBegunAndGivesTheRestBack() throws Exception {
    Figures figures = new Figures();
    try (Cluster cluster =
        Cluster.start(
            Setup.read(new Options(System.getProperties())),
            "it-stops",
            Timing.LONG,
            UnderLoad.alike(2))) {
      UnderLoad.run(cluster, new StoppedNode(LIMIT), 3, SEED, figures);
    } finally {
      System.out.println("StoppedNode " + figures.line());
    }
    assertThat(figures.line())
        .contains("stops=3")
        .contains("leases-left-behind=0")
        .contains("activities-begun-twice=0");
  }
}
