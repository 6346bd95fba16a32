package dev.durable.jpa;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NewInstance.IfExists;
import dev.durable.jpa.Held.HeldInstance;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The orchestrations that commits start: sub-orchestrations are called, each as its {@link
 * NewInstance#ifExists()} says.
 */
final class Children {

  private final Neighbours neighbours;
  private final HeldRows held;
  private final Lives lives;
  private final Outbox outbox;
  private final Set<String> called = new HashSet<>();
  private final Map<String, InstanceRef> begun = new HashMap<>();

  Children(Neighbours neighbours, HeldRows held, Lives lives, Outbox outbox) {
    this.neighbours = neighbours;
    this.held = held;
    this.lives = lives;
    this.outbox = outbox;
  }

  void call(EpisodeCommit commit, NewInstance child) {
    String id = child.instanceId();
    if (!called.add(id)) {
      refuse(child, commit.at());
    } else if (neighbours.find(id) == null || isGone(commit, child)) {
      begun.put(id, lives.begin(child));
    } else {
      HeldInstance existing = changeable(commit, child, neighbours, held);
      if (existing == null) {
        refuse(child, commit.at());
      } else if (child.ifExists() == IfExists.ADOPT) {
        lives.adopt(existing, child, commit.at());
        if (existing.isFinished() && existing.status() != RuntimeStatus.COMPLETED) {
          begun.put(id, existing.ref());
        }
      } else {
        lives.replace(existing, child);
        begun.put(id, existing.ref());
      }
    }
  }

  /** Begins an instance that nobody waits for, unless its id is taken. */
  void start(NewInstance start) {
    if (called.add(start.instanceId()) && neighbours.find(start.instanceId()) == null) {
      begun.put(start.instanceId(), lives.begin(start));
    }
  }

  private boolean isGone(EpisodeCommit commit, NewInstance child) {
    return neighbours.mayChange(commit, child)
        && held.instance(neighbours.find(child.instanceId()).ref().key()) == null;
  }

  /** The locked row that a call changes; null if it changes none. */
  static @Nullable HeldInstance changeable(
      EpisodeCommit commit, NewInstance child, Neighbours neighbours, HeldRows held) {
    if (!neighbours.mayChange(commit, child)) {
      return null;
    }
    HeldInstance existing = held.instance(neighbours.find(child.instanceId()).ref().key());
    boolean changes =
        existing != null
            && existing.isChildOf(commit.lease().instance())
            && (child.ifExists() == IfExists.ADOPT || existing.isFinished());
    return changes ? existing : null;
  }

  private void refuse(NewInstance child, Instant at) {
    child.refusal(at).ifPresent(outbox::add);
  }

  /** The instance of that id whose life begins here, or goes on after it had ended; or null. */
  @Nullable InstanceRef begun(String instanceId) {
    return begun.get(instanceId);
  }
}
