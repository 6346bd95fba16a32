package dev.durable.testbed.tryout;

import dev.durable.testbed.Options;
import dev.durable.testbed.server.Directories;
import dev.durable.testbed.server.LibertyInstallation;
import dev.durable.testbed.server.LibertyServer;
import dev.durable.testbed.server.Ports;
import dev.durable.testbed.server.PostgresDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * Starts PostgreSQL and several servers with the samples, prints what can be tried, and stops all
 * of it on Enter or Ctrl-C.
 */
public final class TryOut {

  /** So that a person sees a takeover without a cup of coffee; the environment goes before. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "DURABLE_LEASE_TIMEOUT",
          "5s",
          "DURABLE_LEASE_RENEWAL_INTERVAL",
          "1s",
          "DURABLE_MAX_CONCURRENT_ACTIVITIES",
          "2",
          "ORDERS_DEMONSTRATION",
          "false");

  private final Options options;
  private final int nodes;
  private final LibertyInstallation liberty;
  private final Map<Integer, LibertyServer> servers = new TreeMap<>();

  private TryOut(Options options) {
    this.options = options;
    this.nodes = options.number("nodes", 1, 9);
    this.liberty =
        new LibertyInstallation(options.path("liberty"), options.path("work").resolve("usr"));
  }

  /** Reads its options from system properties; see the README. */
  public static void main(String[] args) throws Exception {
    try {
      new TryOut(new Options(System.getProperties())).run();
    } catch (IllegalArgumentException | IllegalStateException e) {
      say(String.valueOf(e.getMessage()));
      System.exit(1);
    }
  }

  private void run() throws IOException, SQLException, InterruptedException {
    say("Starting PostgreSQL and " + nodes + " servers; this takes half a minute.");
    Path data = Directories.emptied(options.path("work").resolve("data"));
    try (PostgresDatabase database = PostgresDatabase.start(data.resolve("postgres"))) {
      try {
        for (int node = 1; node <= nodes; node++) {
          create(name(node));
          servers.put(
              node,
              LibertyServer.start(liberty, name(node), Ports.free(), environment(node, database)));
        }
        for (LibertyServer server : servers.values()) {
          server.awaitAnswer("/health/ready");
        }
        say(new Invitation(options.path("samples"), database, servers).text());
        obey(database);
        say("Stopping.");
      } finally {
        servers.values().forEach(LibertyServer::close);
      }
    }
    say("All is stopped.");
  }

  /** Enter ends it; a number starts that server again. */
  private void obey(PostgresDatabase database) throws IOException, InterruptedException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    String line = input.readLine();
    while (line != null && !line.isBlank()) {
      startAgain(line.strip(), database);
      line = input.readLine();
    }
    if (line == null) {
      // Nobody can press Enter here; a signal ends it.
      new CountDownLatch(1).await();
    }
  }

  private void startAgain(String number, PostgresDatabase database)
      throws IOException, InterruptedException {
    LibertyServer server = number.matches("[1-9]") ? servers.get(Integer.parseInt(number)) : null;
    if (server == null) {
      say("There is no server " + number + "; press Enter alone to stop.");
    } else if (server.isAlive()) {
      say(server.name() + " is running.");
    } else {
      int node = Integer.parseInt(number);
      LibertyServer again = server.again(environment(node, database));
      servers.put(node, again);
      again.awaitAnswer("/health/ready");
      say(Invitation.line(again));
    }
  }

  private static String name(int node) {
    return "node-" + node;
  }

  private void create(String name) throws IOException {
    Path configuration = options.path("liberty-config");
    liberty.create(
        name,
        configuration,
        configuration.resolve("server.xml"),
        options.path("work").resolve("applications/durable.ear"));
  }

  private static Map<String, String> environment(int node, PostgresDatabase database) {
    Map<String, String> environment = new HashMap<>(DEFAULTS);
    environment.keySet().removeAll(System.getenv().keySet());
    environment.putAll(database.environment());
    environment.put("DURABLE_NODE_NAME", name(node));
    return environment;
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
