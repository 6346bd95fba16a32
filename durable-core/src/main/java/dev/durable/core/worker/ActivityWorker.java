package dev.durable.core.worker;

import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.TaskHubStore.CommitOutcome;

/** Claims due activity tasks, has them run, sends their results. */
final class ActivityWorker {

  private final Desk desk;
  private final ActivityExecutor executor;
  private final Intake intake;

  ActivityWorker(Desk desk, ActivityExecutor executor) {
    this.desk = desk;
    this.executor = executor;
    this.intake =
        new Intake(desk, desk.options().maxConcurrentActivities(), desk.wakeUps()::activityDue);
  }

  /** Claims as much as there are free slots for. Returns how many it claimed. */
  int poll() {
    return intake.claim(desk.store()::claimActivities, ActivityWorkItem::lease, this::begin);
  }

  private void begin(ActivityWorkItem item) {
    try {
      executor.offer(item, new Running(item));
    } catch (RuntimeException | Error e) {
      giveBack(item, e);
    }
  }

  private final class Running implements ActivityExecutor.Callback, CommitQueue.Waiter {

    private final ActivityWorkItem item;
    private volatile Completion completion;

    Running(ActivityWorkItem item) {
      this.item = item;
    }

    @Override
    public void completed(Completion result) {
      completion = result;
      desk.commits()
          .add(new ActivityCompletion(item.lease(), result, desk.clock().instant()), this);
    }

    @Override
    public void recorded(Completion result, CommitOutcome outcome) {
      completion = result;
      committed(outcome);
    }

    @Override
    public void abandoned(Throwable reason) {
      giveBack(item, reason);
    }

    @Override
    public void committed(CommitOutcome outcome) {
      intake.done(item.lease());
      if (outcome == CommitOutcome.FENCED) {
        desk.listener().commitFenced(item.lease());
      } else {
        desk.listener().activityFinished(item.task(), completion);
        desk.wakeUps().instanceDue();
      }
    }

    @Override
    public void failed(Throwable reason) {
      giveBack(item, reason);
    }
  }

  private void giveBack(ActivityWorkItem item, Throwable reason) {
    intake.giveBack(item.lease(), item.attempt(), reason);
  }
}
