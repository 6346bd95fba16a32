package dev.durable.bench.load;

/** An engine as its users' code sees it. Many threads use it at once. */
public interface DrivenEngine {

  /**
   * Starts an instance; returns when it is stored.
   *
   * @param orchestrator what it is to run, as the scenarios name it
   * @param steps its input, and what it has to return
   */
  Instance start(String orchestrator, int steps);

  /** One that has been started. */
  interface Instance {

    /** What the engine calls it. */
    String id();

    /** Sends it an event, or its counter an operation; returns when that is stored. */
    void send(int message);

    /** Called when all messages have been sent, by all senders. */
    void allSent();

    /**
     * Waits until it has ended.
     *
     * @return its result: how many steps it has seen done
     */
    int await();
  }
}
