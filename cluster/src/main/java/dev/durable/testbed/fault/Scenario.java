package dev.durable.testbed.fault;

/** What is done to a cluster while it works. */
@FunctionalInterface
interface Scenario {

  /**
   * Does it that often.
   *
   * @throws BrokenPromise if the cluster did not do what it should
   */
  void run(Cluster cluster, int rounds, Figures figures) throws Exception;
}
