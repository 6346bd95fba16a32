package dev.durable.rest.health;

import dev.durable.TaskHubStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Whether the poll loop of this node is alive; if not, the server should be restarted. */
@Liveness
@ApplicationScoped
public class DispatcherCheck implements HealthCheck {

  @Inject TaskHubStatus hub;

  @Override
  public HealthCheckResponse call() {
    return new NodeHealth(hub).liveness();
  }
}
