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

  /** Runs what follows from user code that has ended, or waits, on the present thread. */
  default void ended(Runnable followUp) {
    followUp.run();
  }

  /** A gate that is closed. */
  Gate gate();

  /**
   * Threads of that executor, which should be virtual ones: each parked orchestrator holds one.
   * They may be interrupted by who owns them; that ends the parking.
   */
  static OrchestratorThreads of(Executor threads) {
    return new OrchestratorThreads() {
      @Override
      public void execute(Runnable command) {
        Relay.apart(threads).execute(command); // it may stay, and nothing runs behind it
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
