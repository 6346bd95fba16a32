package dev.durable.core.spi;

import java.util.Optional;
import java.util.Set;

/** The functions deployed here, by their durable names. Does not change while the hub runs. */
public interface FunctionRegistry {

  /** The orchestrator of that name. */
  Optional<OrchestratorFunction> orchestrator(String name);

  /** The activity of that name. */
  Optional<ActivityFunction> activity(String name);

  /** All orchestrators. */
  Set<String> orchestratorNames();

  /** All activities. */
  Set<String> activityNames();
}
