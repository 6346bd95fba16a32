package dev.durable.core.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The functions deployed here, by their durable names. Does not change while the hub runs. */
public interface FunctionRegistry {

  /** The orchestrators of that name, one for each version; empty if there is none. */
  List<OrchestratorFunction> orchestrators(String name);

  /** The activity of that name. */
  Optional<ActivityFunction> activity(String name);

  /** The entity of that name. */
  Optional<EntityFunction> entity(String name);

  /** All entities. */
  Set<String> entityNames();

  /** All orchestrators. */
  Set<String> orchestratorNames();

  /** All activities. */
  Set<String> activityNames();
}
