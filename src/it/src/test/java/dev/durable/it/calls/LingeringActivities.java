package dev.durable.it.calls;

import dev.durable.Activity;
import dev.durable.ActivityCancelledException;
import dev.durable.ActivityContext;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;

/** Activities that do not end before the test wants them to, or somebody cancels them. */
@ApplicationScoped
public class LingeringActivities {

  @Inject ActivityContext activity;
  @Inject Doors doors;
  @Inject Journal journal;
  @Resource TransactionSynchronizationRegistry transactions;

  /** Does not care whether anybody still waits for it. */
  @Activity("linger-deaf")
  public String lingerDeaf() {
    String id = activity.instanceId();
    doors.waitAt(id);
    doors.left(id);
    return "returned";
  }

  /** The same, and notes how its transaction ended. */
  @Activity("linger-in-transaction")
  @Transactional
  public String lingerInTransaction() {
    String id = activity.instanceId();
    transactions.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {}

          @Override
          public void afterCompletion(int status) {
            journal.note(
                id, status == Status.STATUS_COMMITTED ? "was committed" : "was rolled back");
            doors.left(id);
          }
        });
    doors.waitAt(id);
    return "returned";
  }

  /** Ends when it is interrupted. Its time-out is configured. */
  @Activity("linger-as-configured")
  public String lingerAsConfigured() throws Exception {
    return lingerUntilCancelled();
  }

  /** Ends when it is interrupted. */
  @Activity("linger")
  public String linger() throws Exception {
    return lingerUntilCancelled();
  }

  private String lingerUntilCancelled() throws Exception {
    String id = activity.instanceId();
    try {
      doors.waitInterruptiblyAt(id);
      return "returned";
    } catch (InterruptedException e) {
      try {
        activity.checkCancelled();
      } catch (ActivityCancelledException cancelled) {
        journal.note(id, cancelled.getMessage());
        throw cancelled;
      }
      throw e;
    } finally {
      doors.left(id);
    }
  }

  /** Must not be begun twice. */
  @Activity(value = "linger-at-most-once", atMostOnce = true)
  public String lingerAtMostOnce() {
    journal.note(activity.instanceId(), "begun");
    return lingerDeaf();
  }
}
