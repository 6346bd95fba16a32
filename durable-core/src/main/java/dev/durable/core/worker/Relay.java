package dev.durable.core.worker;

import java.util.concurrent.Executor;
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
 * <p>Thread-safe.
 */
public final class Relay implements Executor {

  /** What a thread does between two pieces of user code; null while one runs. */
  private static final ThreadLocal<@Nullable Leg> LEGS = new ThreadLocal<>();

  private static final class Leg {

    /** Whether a piece of user code may be taken over. */
    final boolean goesOn;

    boolean open;
    @Nullable Runnable next;

    Leg(boolean goesOn) {
      this.goesOn = goesOn;
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
    Leg leg = known == null ? new Leg(false) : known;
    LEGS.set(leg);
    leg.open = true;
    try {
      followUp.run();
    } finally {
      leg.open = false;
      restore(known);
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
    Leg leg = LEGS.get();
    if (leg != null && leg.open && leg.goesOn && leg.next == null) {
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
        Leg leg = new Leg(true);
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
