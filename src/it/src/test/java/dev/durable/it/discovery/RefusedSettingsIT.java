package dev.durable.it.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.it.server.LibertyServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * On a server of its own: where an application with managed executors of its own fails in a
 * start-up bean, this Open Liberty starts no application any more.
 */
class RefusedSettingsIT {

  @Test
  void wrongSettingsKeepTheApplicationFromStartingAndAreAllNamedWithWhatIsAllowed()
      throws Exception {
    Map<String, String> wrong =
        Map.of("DURABLE_POLLING_INTERVAL", "soon", "DURABLE_MAX_CLAIM", "1001");

    try (LibertyServer server = LibertyServer.create("refused_settings", "server.xml", wrong)) {
      assertThat(server.startWithoutApplication())
          .contains(
              "DUR-1006: The engine does not start, so the application does not.",
              "durable.polling-interval is \"soon\"; allowed: 10ms to 1m",
              "durable.max-claim is \"1001\"; allowed: 1 to 1000");
    }
  }
}
