package dev.durable.rest.health;

import dev.durable.TaskHubStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Whether the engine has started. */
@Startup
@ApplicationScoped
public class StartupCheck implements HealthCheck {

  @Inject TaskHubStatus hub;

  @Override
  public HealthCheckResponse call() {
    return new NodeHealth(hub).startup();
  }
}
