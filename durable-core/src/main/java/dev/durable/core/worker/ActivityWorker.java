package dev.durable.core.worker;

import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Instant;
import java.util.List;

/** Claims due activity tasks, has them run, sends their results. */
final class ActivityWorker {

  private final Desk desk;
  private final ActivityExecutor executor;
  private final Slots slots;
  private volatile boolean mayBeMore;

  ActivityWorker(Desk desk, ActivityExecutor executor) {
    this.desk = desk;
    this.executor = executor;
    this.slots = new Slots(desk.options().maxConcurrentActivities());
  }

  /** Claims as much as there are free slots for. Returns how many it claimed. */
  int poll() {
    int free = slots.take(desk.options().maxClaim());
    mayBeMore = free == 0;
    if (free == 0) {
      return 0;
    }
    List<ActivityWorkItem> items = List.of();
    try {
      Instant now = desk.clock().instant();
      items =
          desk.store()
              .claimActivities(
                  new Claim(desk.owner(), now, now.plus(desk.options().leaseTimeout()), free));
    } finally {
      slots.give(free - items.size());
    }
    mayBeMore = items.size() == free;
    items.forEach(item -> desk.held().add(item.lease()));
    items.forEach(this::begin);
    return items.size();
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
      desk.held().remove(item.lease());
      freeSlot();
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
    try {
      desk.release(item.lease(), item.attempt(), reason);
    } finally {
      freeSlot();
    }
  }

  private void freeSlot() {
    slots.give(1);
    if (mayBeMore) {
      desk.wakeUps().activityDue();
    }
  }
}
