package dev.durable.testbed.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How much two nodes do against one. Rounds alternate; in those of one node the other one stands
 * still with nothing in hand, so that both stay warm. Promises nothing.
 */
final class Throughput {

  private static final int CLIENTS = 8;
  private static final int IN_FLIGHT = 150;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration LEAD = Duration.ofSeconds(3);
  private static final Duration ROUND = Duration.ofSeconds(15);
  private static final Duration END = Duration.ofMinutes(2);

  private Throughput() {}

  static void run(Cluster cluster, int rounds, Figures figures) throws Exception {
    drive(cluster, WARM_UP);
    Node second = cluster.node(1);
    List<Double> one = new ArrayList<>();
    List<Double> two = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      second.freeze();
      one.add(measure(cluster, "one-" + round, figures));
      second.thaw();
      two.add(measure(cluster, "two-" + round, figures));
    }
    figures
        .note("one-node-per-second", median(one))
        .note("two-nodes-per-second", median(two))
        .note("ratio", median(two) / median(one))
        .note("processors", Runtime.getRuntime().availableProcessors())
        .note("checks", cluster.check().checks());
  }

  private static void drive(Cluster cluster, Duration time) throws Exception {
    try (Load load = Load.begin(cluster, Mix.ofChains(), CLIENTS, IN_FLIGHT)) {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
      load.end(END);
    }
  }

  private static double measure(Cluster cluster, String name, Figures figures) throws Exception {
    try (Load load = Load.begin(cluster, Mix.ofChains(), CLIENTS, IN_FLIGHT)) {
      TimeUnit.MILLISECONDS.sleep(LEAD.toMillis());
      Usage before = Usage.now(cluster);
      TimeUnit.MILLISECONDS.sleep(ROUND.toMillis());
      Usage after = Usage.now(cluster);
      load.end(END);
      double seconds = after.secondsSince(before);
      double perSecond = (after.completed() - before.completed()) / seconds;
      figures
          .note(name, perSecond)
          .note(name + "-processors", after.processorsSince(before))
          .note(name + "-commits-per-second", (after.commits() - before.commits()) / seconds);
      return perSecond;
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get((values.size() - 1) / 2);
  }
}
