package dev.durable.ejb;

import dev.durable.core.spi.ActivityFunction;
import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.OrchestratorFunction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Functions of which only the names matter. */
record NamedFunctions(Set<String> activityNames, Set<String> orchestratorNames)
    implements FunctionRegistry {

  static NamedFunctions ofActivities(String... names) {
    return new NamedFunctions(Set.of(names), Set.of());
  }

  static NamedFunctions ofOrchestrators(String... names) {
    return new NamedFunctions(Set.of(), Set.of(names));
  }

  @Override
  public List<OrchestratorFunction> orchestrators(String name) {
    return List.of();
  }

  @Override
  public Optional<EntityFunction> entity(String name) {
    return Optional.empty();
  }

  @Override
  public Set<String> entityNames() {
    return Set.of();
  }

  @Override
  public Optional<ActivityFunction> activity(String name) {
    return Optional.empty();
  }
}
