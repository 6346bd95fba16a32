package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EntityLockPassedOn;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EntityOperationCompleted;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationSignaled;
import dev.durable.core.history.HistoryEvent.EntityUnlockRequested;
import dev.durable.core.history.HistoryEvent.EntityUnlockSent;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.EntityDelivery;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an episode has decided is sent to entities, with the same commit. */
final class SentToEntities {

  private final World world;
  private final EpisodeCommit episode;

  SentToEntities(World world, EpisodeCommit episode) {
    this.world = world;
    this.episode = episode;
  }

  void check() {
    if (episode.appended().isEmpty()) {
      return; // what a continued execution has decided is not stored
    }
    boolean rewound = episode.appended().stream().anyMatch(ExecutionRewound.class::isInstance);
    Set<Integer> answered = new HashSet<>();
    int operations = 0;
    int locks = 0;
    for (HistoryEvent event : episode.appended()) {
      if (event instanceof EntityOperationCompleted completed && rewound) {
        answered.add(completed.taskId());
      }
    }
    for (HistoryEvent event : episode.appended()) {
      if (event instanceof EntityOperationCalled call && !answered.contains(call.taskId())) {
        operations++;
        require(isSent(call.entityId(), call.operation(), call.input(), true, null), event);
      } else if (event instanceof EntityOperationSignaled signal && !rewound) {
        operations++;
        require(
            isSent(signal.entityId(), signal.operation(), signal.input(), false, signal.at()),
            event);
      } else if (event instanceof EntityLockRequested lock) {
        locks++;
        require(asks(lock), event);
      } else if (event instanceof EntityUnlockSent unlock) {
        require(releases(unlock.lockTaskId()), event);
      }
    }
    require(rewound || operations == sentOperations(), "operations");
    require(locks == sentLocks(), "locks");
  }

  private boolean isSent(
      String entityId,
      String operation,
      @Nullable String input,
      boolean called,
      @Nullable Instant at) {
    boolean later = at != null && at.isAfter(episode.at());
    return episode.toEntities().stream()
        .anyMatch(
            each ->
                each.entityId().equals(entityId)
                    && each.event() instanceof EntityOperationRequested request
                    && request.operation().equals(operation)
                    && Objects.equals(request.input(), input)
                    && (request.caller() != null) == called
                    && request.scheduled() == later
                    && each.visibleAt().equals(later ? at : episode.at()));
  }

  private boolean asks(EntityLockRequested lock) {
    return episode.toEntities().stream()
        .anyMatch(
            each ->
                each.entityId().equals(lock.entityIds().get(0))
                    && each.event() instanceof EntityLockPassedOn request
                    && request.owner().taskId() == lock.taskId()
                    && request.place() == 0
                    && request.entityIds().equals(lock.entityIds()));
  }

  private boolean releases(int lockTaskId) {
    return episode.toEntities().stream()
        .anyMatch(
            each ->
                each.event() instanceof EntityUnlockRequested unlock
                    && unlock.owner().taskId() == lockTaskId);
  }

  private long sentOperations() {
    return count(EntityOperationRequested.class);
  }

  private long sentLocks() {
    return count(EntityLockPassedOn.class);
  }

  private long count(Class<?> type) {
    return episode.toEntities().stream()
        .map(EntityDelivery::event)
        .filter(type::isInstance)
        .count();
  }

  private void require(boolean holds, Object what) {
    world.require(holds, "what is decided is sent to entities: " + what, episode);
  }
}
