package dev.durable.testbed.fault;

import dev.durable.testbed.check.Check.Group;
import dev.durable.testbed.check.Checker;
import dev.durable.testbed.check.Ledgers;
import dev.durable.testbed.check.Report;
import dev.durable.testbed.server.Directories;
import dev.durable.testbed.server.PostgresDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** PostgreSQL and some nodes with the load, all new. */
final class Cluster implements AutoCloseable {

  private static final Duration QUIET = Duration.ofSeconds(60);

  private final String name;
  private final Timing timing;
  private final PostgresDatabase database;
  private final LedgerFiles ledger;
  private final Observer observer;
  private final List<Node> nodes = new ArrayList<>();
  private volatile boolean resting;
  private final AtomicLong drawn = new AtomicLong();
  private final AtomicLong started = new AtomicLong();

  private Cluster(Setup setup, String name, Timing timing) throws IOException, SQLException {
    this.name = name;
    this.timing = timing;
    Path directory = Directories.emptied(setup.work().resolve("run-" + name));
    this.ledger = new LedgerFiles(directory);
    this.database =
        PostgresDatabase.start(
            directory.resolve("postgres"),
            Map.of(
                "shared_preload_libraries", "pg_stat_statements",
                "pg_stat_statements.track", "all"));
    this.observer = new Observer(database, ledger);
  }

  /**
   * Starts one and returns when all nodes are ready.
   *
   * @param environments what each node finds in its environment beside the usual
   */
  static Cluster start(
      Setup setup, String name, Timing timing, List<Map<String, String>> environments)
      throws IOException, SQLException, InterruptedException {
    Cluster cluster = new Cluster(setup, name, timing);
    boolean started = false;
    try {
      for (Map<String, String> environment : environments) {
        cluster.add(setup, environment);
      }
      for (Node node : cluster.nodes) {
        node.awaitReady();
      }
      started = true;
    } finally {
      if (!started) {
        cluster.close();
      }
    }
    return cluster;
  }

  private void add(Setup setup, Map<String, String> environment) throws IOException {
    String node = "node-" + (nodes.size() + 1);
    Map<String, String> all =
        new HashMap<>(Map.of("JVM_ARGS", "-Xmx512m", "DURABLE_DB_POOL_SIZE", "40"));
    all.keySet().removeAll(System.getenv().keySet());
    all.putAll(timing.environment());
    all.putAll(database.environment());
    all.put("DURABLE_NODE_NAME", node);
    all.put("LOAD_LEDGER", ledger.effectsFile().toString());
    all.putAll(environment);
    nodes.add(Node.start(setup, node, all));
  }

  /** An id for an errand, that no other one has. */
  String nextId() {
    return name + "-" + drawn.getAndIncrement();
  }

  /** How many errands were started, as far as clients know. */
  AtomicLong started() {
    return started;
  }

  Timing timing() {
    return timing;
  }

  PostgresDatabase database() {
    return database;
  }

  TaskHub taskHub() {
    return new TaskHub(database);
  }

  LedgerFiles ledger() {
    return ledger;
  }

  Observer observer() {
    return observer;
  }

  Node node(int place) {
    return nodes.get(place);
  }

  List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /**
   * Starts a node that has ended. Clients start nothing more meanwhile: on a small machine the new
   * process would come up slowly beside busy ones.
   */
  void startAgain(Node node) throws IOException, InterruptedException {
    resting = true;
    try {
      node.startAgain();
    } finally {
      resting = false;
    }
  }

  /** Whether clients should start nothing for now. */
  boolean isResting() {
    return resting;
  }

  /** Where clients can turn to. */
  List<URI> serving() {
    return nodes.stream().filter(Node::isServing).map(Node::address).toList();
  }

  /** The sum of a metric over those that serve. */
  long metric(String metric) throws IOException, InterruptedException {
    long sum = 0;
    for (Node node : nodes) {
      sum += node.isServing() ? node.metric(metric) : 0;
    }
    return sum;
  }

  /**
   * Waits until nothing is in anybody's hand and no message is due, and runs all checks.
   *
   * @throws BrokenPromise if one finds something
   */
  Report check() throws Exception {
    Wait.until("quiet after all errands", QUIET, () -> taskHub().number(BUSY) == 0);
    Report report;
    try (Connection connection = database.connection()) {
      new Ledgers(connection).create().load(ledger.directory());
      report = new Checker(connection, 0, 20).run(EnumSet.allOf(Group.class));
    }
    if (!report.isGood()) {
      throw new BrokenPromise(report.summary() + "\n" + report.details());
    }
    String fallen = observer.fallen();
    if (fallen != null) {
      throw new BrokenPromise("The version of an instance has fallen: " + fallen);
    }
    return report;
  }

  private static final String BUSY =
      """
      select (select count(*) from durable_instance where lease_owner is not null)
        + (select count(*) from durable_activity_task where task_hub <> '')
        + (select count(*) from durable_inbox where task_hub <> '')""";

  @Override
  public void close() {
    observer.close();
    nodes.forEach(Node::close);
    database.close();
  }
}
