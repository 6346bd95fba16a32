package dev.durable.bench.dbos;

/** What is measured. Each takes the number of its steps and returns how many it has seen done. */
public interface Workflows {

  /** One step after the other; each takes the result of the one before. */
  int chain(int steps);

  /** All at once; it goes on when all are done. */
  int fanOut(int steps) throws Exception;

  /** One of those that go on at once: gives the next number. */
  int task(int number);

  /** Waits for one message after the other. */
  int events(int steps);

  /** Adds to one counter, the same for all, again and again. */
  int counter(int steps) throws Exception;
}
