package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.InMemoryTaskHub.Contents;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.Message;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What must hold after every transaction. */
final class Invariants {

  private final World world;
  private final Map<String, WatchedInstance> instances = new HashMap<>();

  Invariants(World world) {
    this.world = world;
  }

  /** Looks at all that has changed since the last check. */
  void check() {
    List<Contents> all = world.hub().contents();
    Map<String, Contents> byId = new HashMap<>(all.size() * 2);
    all.forEach(contents -> byId.put(contents.status().instanceId(), contents));
    checkGone(byId);
    all.forEach(this::noteCascade);
    for (Contents contents : all) {
      if (contents.entity() != null) {
        continue;
      }
      instances
          .computeIfAbsent(contents.status().instanceId(), id -> new WatchedInstance(world, id))
          .check(contents, byId);
    }
    world.entities().check(byId);
  }

  private void checkGone(Map<String, Contents> present) {
    for (Iterator<Map.Entry<String, WatchedInstance>> it = instances.entrySet().iterator();
        it.hasNext(); ) {
      Map.Entry<String, WatchedInstance> entry = it.next();
      if (!present.containsKey(entry.getKey())) {
        boolean wanted = world.ledger().takePurged(entry.getKey());
        world.require(
            wanted && entry.getValue().hasFinished(),
            "only finished instances are purged",
            entry.getKey());
        it.remove();
      }
    }
  }

  /** An instance whose parent takes it along may be terminated. */
  private void noteCascade(Contents now) {
    for (InboxMessage message : now.inbox()) {
      if (message.message().messageId().equals(Message.CASCADE_ID)) {
        ParentTask parent = now.execution().parent();
        world.require(
            message.message().event() instanceof ExecutionTerminated
                && parent != null
                && world.ledger().isCascading(parent.instance().id()),
            "children go with a parent that takes them along",
            now);
        world.ledger().terminated(now.status().instanceId(), true);
      }
    }
  }
}
