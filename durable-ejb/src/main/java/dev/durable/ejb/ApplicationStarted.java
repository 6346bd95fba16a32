package dev.durable.ejb;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.interceptor.Interceptor;

/**
 * Lets the engine begin once all modules of the application have started. Before, a session bean of
 * a later module could not be called yet, and the activity that it holds would fail for good.
 */
@ApplicationScoped
class ApplicationStarted {

  void begin(
      @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) Startup event,
      TaskHubStartup startup) {
    startup.begin();
  }
}
