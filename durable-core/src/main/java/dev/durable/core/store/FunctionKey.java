package dev.durable.core.store;

import dev.durable.core.spi.Capabilities;
import org.jspecify.annotations.Nullable;

/**
 * The code that an instance needs.
 *
 * @param kind what it is
 * @param name the durable name of its function
 * @param version what it began with; null for none, and for entities
 */
public record FunctionKey(InstanceKind kind, String name, @Nullable String version) {

  /** Whether a node with these functions can run it. */
  public boolean isRunBy(Capabilities node) {
    return kind == InstanceKind.ENTITY
        ? node.entities().contains(name)
        : node.runsOrchestrator(name, version);
  }
}
