package dev.durable.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.it.server.LibertyServer;
import dev.durable.it.server.ManagementApi;
import dev.durable.it.server.Reply;
import dev.durable.it.server.SharedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
final class HealthAndMetricsIT {

  private final ManagementApi api;

  HealthAndMetricsIT(LibertyServer server) {
    this.api = server.api();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/started", "/health/live", "/health/ready"})
  void everyProbeIsUpAndNeedsNoCredentials(String probe) throws Exception {
    Reply reply = api.asNobody().get(probe);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().getString("status")).isEqualTo("UP");
    assertThat(reply.body()).contains("durable-");
  }

  @Test
  void whatIsDoneIsCounted() throws Exception {
    String order = "name=\"fulfil-order\"";
    long started = api.metric("durable_orchestrations_started_total", order);
    long completed = api.metric("durable_orchestrations_completed_total", order);
    long failed = api.metric("durable_orchestrations_failed_total", order);
    api.order("metrics-good", Orders.ACCEPTED);
    api.post("/orchestrators/fulfil-order/metrics-bad", "{\"lines\":17}");
    api.awaitEnd("metrics-good");
    api.awaitEnd("metrics-bad");
    assertThat(api.metric("durable_orchestrations_started_total", order) - started)
        .isGreaterThanOrEqualTo(2);
    assertThat(api.metric("durable_orchestrations_completed_total", order) - completed)
        .isGreaterThanOrEqualTo(1);
    assertThat(api.metric("durable_orchestrations_failed_total", order) - failed)
        .isGreaterThanOrEqualTo(1);
    assertThat(api.asNobody().get("/metrics").body()).contains("durable_active_leases");
  }

  @Test
  void theApiDescribesItself() throws Exception {
    Reply reply = api.get("/openapi");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).contains("/orchestrators/{name}/{instanceId}");
  }
}
