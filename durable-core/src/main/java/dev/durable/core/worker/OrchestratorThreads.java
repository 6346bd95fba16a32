package dev.durable.core.worker;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** Threads on which orchestrators may stay, parked, from one episode to the next. */
public interface OrchestratorThreads extends Executor {

  /** Something that one thread waits at until another one opens it. */
  interface Gate {

    /** Waits until it is opened; at once if it was opened since the last time. */
    void await() throws InterruptedException;

    /** Lets the one who waits go on. Returns at once, and does not throw. */
    void open();
  }

  /**
   * Whether they can be held by the thousand while orchestrators wait. If not, an orchestrator that
   * waits stays only while its thread is busy with what follows from it.
   */
  default boolean mayBeHeld() {
    return true;
  }

  /** Runs what follows from user code that has ended on the present thread. */
  default void ended(Runnable followUp) {
    followUp.run();
  }

  /**
   * The same for user code that waits there, and perhaps lends its thread to what it has called.
   */
  default void paused(Runnable followUp, Relay.Lender lender) {
    followUp.run();
  }

  /** A gate that is closed. */
  Gate gate();

  /**
   * Threads of that executor. They may be interrupted by who owns them; that ends the parking.
   *
   * @param mayBeHeld whether they are virtual ones, of which each parked orchestrator may hold one
   */
  static OrchestratorThreads of(Executor threads, boolean mayBeHeld) {
    return new OrchestratorThreads() {
      @Override
      public boolean mayBeHeld() {
        return mayBeHeld;
      }

      @Override
      public void execute(Runnable command) {
        // behind what may stay nothing runs
        (mayBeHeld ? Relay.apart(threads) : threads).execute(command);
      }

      @Override
      public void paused(Runnable followUp, Relay.Lender lender) {
        Relay.paused(threads, followUp, lender);
      }

      @Override
      public void ended(Runnable followUp) {
        Relay.ended(threads, followUp);
      }

      @Override
      public Gate gate() {
        Semaphore permits = new Semaphore(0);
        return new Gate() {
          @Override
          public void await() throws InterruptedException {
            permits.acquire();
          }

          @Override
          public void open() {
            permits.release();
          }
        };
      }
    };
  }
}
