package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.InMemoryTaskHub.Contents;
import java.util.Map;

/** The children of an instance. */
final class Descendants {

  private final World world;
  private final String parentId;
  private final Map<String, Contents> all;

  Descendants(World world, String parentId, Map<String, Contents> all) {
    this.world = world;
    this.parentId = parentId;
    this.all = all;
  }

  /** Their parent was ended with them: each has ended, or knows that it must. */
  void mustGo() {
    InstanceRef ref = world.ledger().ref(parentId);
    for (Contents child : all.values()) {
      ParentTask parent = child.execution().parent();
      if (parent != null
          && parent.instance().equals(ref)
          && !child.execution().status().isFinished()) {
        boolean told =
            child.inbox().stream()
                .anyMatch(message -> message.message().event() instanceof ExecutionTerminated);
        world.statistics().named("children", "taken along");
        world.require(told, "children go with their parent", child);
      }
    }
  }
}
