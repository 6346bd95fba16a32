package dev.durable.core.worker;

import dev.durable.core.spi.Capabilities;
import dev.durable.core.store.NodeRecord;
import dev.durable.core.store.TaskHubStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The other nodes of the task hub, as they were at the last heartbeat, or when it was last looked.
 * What was seen longer ago than a lease lasts is not known any more. Thread-safe.
 */
final class Neighbours {

  private record View(List<NodeRecord> others, Instant knownUntil) {}

  private final String self;
  private final Duration known;
  private final TaskHubStore store;
  private final TaskHubListener listener;
  private volatile @Nullable Capabilities own;
  private volatile View view = new View(List.of(), Instant.MIN);

  /** For a node of that name; what it sees is known for that long. */
  Neighbours(String self, Duration known, TaskHubStore store, TaskHubListener listener) {
    this.self = self;
    this.known = known;
    this.store = store;
    this.listener = listener;
  }

  /** There may be others from now on; this node can run that. */
  void lookFor(Capabilities able) {
    own = able;
  }

  /** All nodes as they were at that time. */
  void saw(List<NodeRecord> nodes, Instant at) {
    view =
        new View(nodes.stream().filter(node -> !node.name().equals(self)).toList(), at.plus(known));
  }

  /** Sees them anew. Returns whether it could. */
  boolean lookAgain(Instant now) {
    try {
      saw(store.nodes(), now);
      return true;
    } catch (RuntimeException | Error e) {
      listener.storeFailed("look for nodes with other code; the work is tried again soon", e);
      return false;
    }
  }

  /** Whether this node is one that can run it, or has never looked for others. */
  boolean isForSelf(Predicate<Capabilities> able) {
    Capabilities mine = own;
    return mine == null || able.test(mine);
  }

  /** One that lives, is not drained, and can run it; empty as well if that is not known. */
  Optional<NodeRecord> one(Predicate<Capabilities> able, Instant now) {
    View seen = view;
    if (!seen.knownUntil().isAfter(now)) {
      return Optional.empty();
    }
    return seen.others().stream()
        .filter(node -> node.isLive(now) && !node.draining() && able.test(node.capabilities()))
        .findFirst();
  }
}
