package dev.durable.ejb;

import dev.durable.core.spi.ActivityFunction;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.OrchestratorFunction;
import java.util.Optional;
import java.util.Set;

/** Functions of which only the names matter. */
record NamedFunctions(Set<String> activityNames, Set<String> orchestratorNames)
    implements FunctionRegistry {

  static NamedFunctions activities(String... names) {
    return new NamedFunctions(Set.of(names), Set.of());
  }

  static NamedFunctions orchestrators(String... names) {
    return new NamedFunctions(Set.of(), Set.of(names));
  }

  @Override
  public Optional<OrchestratorFunction> orchestrator(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<ActivityFunction> activity(String name) {
    return Optional.empty();
  }
}
