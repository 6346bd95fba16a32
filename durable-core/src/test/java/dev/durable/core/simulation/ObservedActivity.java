package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.simulation.Ledger.ActivityKey;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.worker.ActivityExecution;
import dev.durable.core.worker.ActivityExecutor;

/** Sees an activity begin. */
final class ObservedActivity implements ActivityExecutor.Callback {

  private final World world;
  private final ActivityExecution execution;
  private final ActivityExecutor.Callback callback;

  ObservedActivity(World world, ActivityExecution execution, ActivityExecutor.Callback callback) {
    this.world = world;
    this.execution = execution;
    this.callback = callback;
  }

  @Override
  public boolean begins() {
    boolean begins = callback.begins();
    world.require(!begins || isLeased(), "nothing begins after its lease", execution.item());
    if (begins && !isLeftToOthers()) {
      int times = world.ledger().begun(ActivityKey.of(execution.item().lease()));
      boolean atMostOnce = execution.item().task().name().equals(Activities.ONCE);
      world.require(times <= world.maxAttempts(), "it is given up in time", execution.item());
      world.require(!atMostOnce || times == 1, "it is begun at most once", execution.item());
    }
    return begins;
  }

  /** As far as a node can know whose clock is behind. */
  private boolean isLeased() {
    return world
        .clock()
        .instant()
        .minus(SimulatedNode.MAX_LAG)
        .isBefore(world.ledger().end(execution.item().lease()));
  }

  /** The engine answers that nobody knows its outcome, without beginning it. */
  private boolean isLeftToOthers() {
    return execution.item().task().name().equals(Activities.ONCE) && execution.item().attempt() > 1;
  }

  @Override
  public void completed(Completion completion) {
    callback.completed(completion);
  }

  @Override
  public void recorded(Completion completion, CommitOutcome outcome) {
    callback.recorded(completion, outcome);
  }

  @Override
  public void abandoned(Throwable reason) {
    callback.abandoned(reason);
  }
}
