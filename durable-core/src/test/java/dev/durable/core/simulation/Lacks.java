package dev.durable.core.simulation;

import dev.durable.core.spi.ActivityFunction;
import dev.durable.core.spi.Capabilities;
import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.OrchestratorFunction;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.FunctionKey;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.NodeRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The functions of a node, and what it lacks: work that needs it must not come to anything on this
 * node while another one has it that lives and is not drained.
 */
final class Lacks implements FunctionRegistry {

  private final World world;
  private final String owner;
  private final FunctionRegistry functions;
  private final Capabilities own;

  Lacks(World world, String owner, FunctionRegistry functions) {
    this.world = world;
    this.owner = owner;
    this.functions = functions;
    this.own = Capabilities.of(functions, Versions.standard());
  }

  /** An orchestrator is about to be run here, or to be missed. */
  void meetOrchestrator(FunctionKey code) {
    meet(code::isRunBy, code);
  }

  /** The same for an activity. */
  void meetActivity(String name) {
    meet(node -> node.activities().contains(name), name);
  }

  private void meet(Predicate<Capabilities> able, Object what) {
    if (able.test(own)) {
      return;
    }
    Instant now = world.clock().instant();
    List<String> others =
        world.hub().open().nodes().stream()
            .filter(node -> node.isLive(now) && !node.draining())
            .filter(node -> able.test(node.capabilities()))
            .map(NodeRecord::name)
            .toList();
    world.require(
        others.isEmpty(), owner + " leaves to others what they have", what + " of " + others);
    world.statistics().named("lacked", "by all");
  }

  /** Asked for by an episode: a node that leaves the entity to others does not come to that. */
  @Override
  public Optional<EntityFunction> entity(String name) {
    FunctionKey code = new FunctionKey(InstanceKind.ENTITY, name, null);
    meet(code::isRunBy, code);
    return functions.entity(name);
  }

  @Override
  public List<OrchestratorFunction> orchestrators(String name) {
    return functions.orchestrators(name);
  }

  @Override
  public Optional<ActivityFunction> activity(String name) {
    return functions.activity(name);
  }

  @Override
  public Set<String> entityNames() {
    return functions.entityNames();
  }

  @Override
  public Set<String> orchestratorNames() {
    return functions.orchestratorNames();
  }

  @Override
  public Set<String> activityNames() {
    return functions.activityNames();
  }
}
