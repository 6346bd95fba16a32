package dev.durable.it.calls;

import dev.durable.Activity;
import dev.durable.ActivityContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Activities that fail. */
@ApplicationScoped
public class FlakyActivities {

  /** What may go better next time. */
  public static class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Busy(String message) {
      super(message);
    }
  }

  /** What will not. */
  public static class Closed extends Busy {
    private static final long serialVersionUID = 1L;

    Closed(String message) {
      super(message);
    }
  }

  /** A kind of that. */
  public static class ClosedForEver extends Closed {
    private static final long serialVersionUID = 1L;

    ClosedForEver(String message) {
      super(message);
    }
  }

  @Inject ActivityContext activity;
  @Inject Journal journal;

  private void noteAttempt() {
    journal.note(
        activity.instanceId(), "attempt " + activity.attempt() + " " + activity.idempotencyKey());
  }

  @Activity("succeed-at-attempt")
  public String succeedAtAttempt(int wanted) {
    noteAttempt();
    if (activity.attempt() < wanted) {
      throw new Busy("not before attempt " + wanted);
    }
    return "attempt " + activity.attempt();
  }

  @Activity("find-closed")
  public String findClosed() {
    noteAttempt();
    throw new ClosedForEver("gone");
  }

  /** Its retries are configured. */
  @Activity("refuse")
  public String refuse() {
    noteAttempt();
    throw new Busy("attempt " + activity.attempt());
  }

  /** Copies one part in each attempt and goes on where the one before has stopped. */
  @Activity("copy")
  public String copy(int parts) {
    int copied = activity.lastHeartbeat(Integer.class).orElse(0) + 1;
    journal.note(activity.instanceId(), "part " + copied);
    activity.heartbeat(copied);
    if (copied < parts) {
      throw new Busy("cut off");
    }
    return copied + " parts";
  }
}
