package dev.durable.testbed.tryout;

import dev.durable.testbed.server.LibertyServer;
import dev.durable.testbed.server.PostgresDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is running, and what can be tried with it.
 *
 * @param samples where the orders lie
 * @param servers by their numbers
 */
record Invitation(Path samples, PostgresDatabase database, Map<Integer, LibertyServer> servers) {

  /** All of it. */
  String text() {
    LibertyServer first = servers.get(1);
    LibertyServer last = servers.get(servers.size());
    return """

        A cluster of %d servers is running. User admin, password admin.

        %s
          PostgreSQL  %s  user %s, password %s

        Try it: an order of 200 lines on one server that dies, and its end seen from another one. Paste all three at once.

          curl -u admin:admin -H 'Content-Type: application/json' -d @%s/two-hundred-lines.json \\
            %s/durable/api/v1/orchestrators/fulfil-order/order-1
          kill -9 %d
          curl -u admin:admin '%s/durable/api/v1/instances/order-1?showInput=false'

        What the killed server had in hand goes on elsewhere when its leases have run out, after %s.
        An order that waits for an answer, and gets it from another server:

          curl -u admin:admin -H 'Content-Type: application/json' -d @%s/refused.json \\
            %s/durable/api/v1/orchestrators/fulfil-order/order-2
          curl -u admin:admin -H 'Content-Type: application/json' -d @%s/approval-yes.json \\
            %s/durable/api/v1/instances/order-2/raiseEvent/approval

        Press Enter to stop all of it. A server that was killed is started again by its number and Enter.
        """
        .formatted(
            servers.size(),
            servers.values().stream().map(Invitation::line).collect(Collectors.joining("\n")),
            database.url(),
            PostgresDatabase.NAME,
            PostgresDatabase.NAME,
            samples,
            first.address(),
            first.jvm().pid(),
            last.address(),
            leaseTimeout(),
            samples,
            last.address(),
            samples,
            last.address());
  }

  private static String leaseTimeout() {
    return System.getenv().getOrDefault("DURABLE_LEASE_TIMEOUT", "5s");
  }

  /** One server. */
  static String line(LibertyServer server) {
    return "  %s      %s/durable/api/v1/instances  %s/openapi/ui  process %d"
        .formatted(server.name(), server.address(), server.address(), server.jvm().pid());
  }
}
