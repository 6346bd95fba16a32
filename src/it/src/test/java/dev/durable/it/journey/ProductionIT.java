package dev.durable.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.it.server.LibertyServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProductionIT {

  private static final String CONFIGURATION = "production/server.xml";

  @Test
  void withoutAPasswordItDoesNotStart() throws Exception {
    try (LibertyServer server = LibertyServer.create("production_open", CONFIGURATION, Map.of())) {
      assertThat(server.startInVain())
          .contains("DURABLE_ADMIN_PASSWORD")
          .contains("has no default password");
    }
  }

  @Test
  void withoutAPasswordForTheDatabaseItDoesNotStartOnPostgres() throws Exception {
    Map<String, String> environment =
        Map.of(
            "DURABLE_ADMIN_PASSWORD",
            "correct horse battery staple",
            "DURABLE_DB",
            "postgres",
            "DURABLE_PG_PASSWORD",
            "");
    try (LibertyServer server =
        LibertyServer.create("production_database_open", CONFIGURATION, environment)) {
      assertThat(server.startInVain())
          .contains("DURABLE_PG_PASSWORD")
          .contains("has no default password");
    }
  }

  @Test
  void withAPasswordOfItsOwnItStartsAndLetsNobodyInWithTheDefaultOne() throws Exception {
    try (LibertyServer server =
        LibertyServer.create(
                "production_safe",
                CONFIGURATION,
                Map.of("DURABLE_ADMIN_PASSWORD", "correct horse battery staple"))
            .start()) {
      assertThat(server.api().api("/instances").status()).isEqualTo(401);
      assertThat(
              server.api().as("admin", "correct horse battery staple").api("/instances").status())
          .isEqualTo(200);
      assertThat(server.api().asNobody().get("/").status()).isEqualTo(404);
      assertThat(server.console()).doesNotContain("[durable]");
      server.stop();
    }
  }
}
