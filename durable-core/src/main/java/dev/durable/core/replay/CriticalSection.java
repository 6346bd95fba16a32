package dev.durable.core.replay;

import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.core.history.HistoryEvent.EntityUnlockSent;
import java.util.List;

/** A lock that a run has, from its grant until it is closed. */
final class CriticalSection implements EntityLock {

  private final ReplayRun run;
  private final Entities of;
  private final int lockTaskId;
  private final List<EntityId> entities;

  CriticalSection(ReplayRun run, Entities of, int lockTaskId, List<EntityId> entities) {
    this.run = run;
    this.of = of;
    this.lockTaskId = lockTaskId;
    this.entities = entities;
  }

  @Override
  public List<EntityId> entities() {
    return entities;
  }

  /**
   * A run that is left for a wait, or for the next execution, comes by here as well: the section
   * goes on in the next run, or ends with its execution.
   */
  @Override
  public void close() {
    if (run.isLeft() || !of.isIn(this)) {
      return;
    }
    run.ensureUsable();
    of.leave(this);
    release();
  }

  void release() {
    run.open().unlock(new EntityUnlockSent(run.open().nextTaskId(), lockTaskId));
  }
}
