package dev.durable.core.worker;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads for user code that go on by themselves with what follows from it: where user code has
 * ended, its result is stored on the same thread if nobody else is storing, and the first piece of
 * user code that follows runs there as well. So a sequence of steps does not wait for a thread to
 * wake up at each of them.
 *
 * <p>Nothing waits for user code because of that: only between two pieces of it is anything taken
 * over, and only one; all else gets a thread of its own.
 *
 * <p>An orchestrator that waits can <b>lend</b> its thread to what it has called: that runs on top
 * of it, and when the result is stored the orchestrator goes on where it stands.
 *
 * <p>Thread-safe.
 */
public final class Relay implements Executor {

  /** An orchestrator that waits on the present thread; called there. */
  public interface Lender {

    /** The key of its instance. */
    long key();

    /** Whether it still waits; then something else is about to run on its thread. */
    boolean lends();

    /** That has ended: if the orchestrator is to go on, it does so soon. */
    void isBack();

    /** The same, but something is left on the thread, which is to end therefore. */
    void isSpoilt();
  }

  /** What a thread does between two pieces of user code; null while one runs. */
  private static final ThreadLocal<@Nullable Leg> LEGS = new ThreadLocal<>();

  private static final class Leg {

    /** Whose thread it is: what others execute is not for it. */
    final Relay relay;

    /** Whether a piece of user code may be taken over. */
    final boolean goesOn;

    /** On top of whom it is. */
    final @Nullable Lender lender;

    boolean open;
    @Nullable Runnable next;

    Leg(Relay relay, boolean goesOn, @Nullable Lender lender) {
      this.relay = relay;
      this.goesOn = goesOn;
      this.lender = lender;
    }

    /** What is not called by the lender could stay on top of it for long. */
    boolean takes(@Nullable Long caller) {
      return open && goesOn && next == null && (lender == null || isKey(caller));
    }

    private boolean isKey(@Nullable Long caller) {
      return caller != null && lender != null && caller == lender.key();
    }
  }

  private final Executor threads;
  private final BooleanSupplier isClean;

  /**
   * On those threads.
   *
   * @param isClean whether user code has left nothing on the present thread, such as a transaction,
   *     that what follows must not find there
   */
  public Relay(Executor threads, BooleanSupplier isClean) {
    this.threads = threads;
    this.isClean = isClean;
  }

  /** What follows from user code that has ended on the present thread; that of any executor. */
  static void ended(Executor threads, Runnable followUp) {
    if (threads instanceof Relay relay) {
      relay.ended(followUp);
    } else {
      followUp.run();
    }
  }

  /** The same for an orchestrator that waits on the present thread, and lends it. */
  static void paused(Executor threads, Runnable followUp, Lender lender) {
    if (threads instanceof Relay relay) {
      relay.paused(followUp, lender);
    } else {
      followUp.run();
    }
  }

  /** Runs what the instance with that key has called; on any executor. */
  static void execute(Executor threads, long caller, Runnable userCode) {
    if (threads instanceof Relay relay) {
      relay.execute(userCode, caller);
    } else {
      threads.execute(userCode);
    }
  }

  /** Whether the present thread is between two pieces of user code. */
  static boolean isOpen() {
    Leg leg = LEGS.get();
    return leg != null && leg.open;
  }

  /** The threads without taking over. */
  static Executor apart(Executor threads) {
    return threads instanceof Relay relay ? relay.threads : threads;
  }

  private void ended(Runnable followUp) {
    if (!isClean.getAsBoolean()) {
      followUp.run();
      return;
    }
    Leg known = LEGS.get();
    Leg leg = known == null || known.relay != this ? new Leg(this, false, null) : known;
    if (leg.lender != null) {
      leg.lender.isBack();
    }
    open(leg, followUp, known);
  }

  private static void open(Leg leg, Runnable followUp, @Nullable Leg before) {
    LEGS.set(leg);
    leg.open = true;
    try {
      followUp.run();
    } finally {
      leg.open = false;
      restore(before);
    }
  }

  private void paused(Runnable followUp, Lender lender) {
    if (!isClean.getAsBoolean()) {
      followUp.run();
      return;
    }
    Leg below = LEGS.get();
    AllRun all = new AllRun();
    Leg leg = new Leg(this, true, lender);
    all.run(() -> open(leg, followUp, below));
    Runnable present = leg.next;
    while (present != null && lender.lends()) {
      present = runOnTop(present, lender, below, all);
    }
    if (present != null) {
      executeOrRun(present, all);
    }
    all.throwOn();
  }

  /** Returns what follows on the same thread. */
  private @Nullable Runnable runOnTop(
      Runnable present, Lender lender, @Nullable Leg below, AllRun all) {
    Leg leg = new Leg(this, true, lender);
    LEGS.set(leg);
    try {
      all.run(present);
    } finally {
      restore(below);
      giveBack(lender);
    }
    Thread.interrupted(); // what was meant for one is not for the next
    return leg.next;
  }

  private void giveBack(Lender lender) {
    if (isClean.getAsBoolean()) {
      lender.isBack();
    } else {
      lender.isSpoilt();
    }
  }

  /** It was taken over, so whoever gave it counts on it: if no thread takes it, this one has to. */
  private void executeOrRun(Runnable userCode, AllRun all) {
    try {
      threads.execute(() -> run(userCode));
    } catch (RejectedExecutionException e) {
      all.run(userCode);
    }
  }

  private static void restore(@Nullable Leg before) {
    if (before == null) {
      LEGS.remove();
    } else {
      LEGS.set(before);
    }
  }

  @Override
  public void execute(Runnable userCode) {
    execute(userCode, null);
  }

  private void execute(Runnable userCode, @Nullable Long caller) {
    Leg leg = LEGS.get();
    if (leg != null && leg.relay == this && leg.takes(caller)) {
      leg.next = userCode;
    } else {
      threads.execute(() -> run(userCode));
    }
  }

  /** One after the other; what one of them throws does not keep the next from running. */
  private void run(Runnable first) {
    AllRun all = new AllRun();
    Runnable present = first;
    Leg outer = LEGS.get(); // where the threads are the caller's
    try {
      while (present != null) {
        Leg leg = new Leg(this, true, null);
        LEGS.set(leg);
        all.run(present);
        Thread.interrupted(); // what was meant for one is not for the next
        present = leg.next;
      }
    } finally {
      restore(outer);
    }
    all.throwOn();
  }
}
