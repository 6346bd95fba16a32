package dev.durable.cluster;

import dev.durable.NodeNotFoundException;
import java.util.List;

/**
 * The nodes of a task hub, to be injected with {@code @Inject DurableCluster cluster}.
 *
 * <p>Thread-safe. Every method reads the database, in a transaction of its own, and throws {@link
 * dev.durable.DurableException} if that fails; nothing is changed then. Times are the database's.
 */
public interface DurableCluster {

  /** All nodes, by name: those that live, and those that were lost less than a day ago. */
  List<NodeInfo> nodes();

  /**
   * Lets a node claim nothing more. What it runs goes on to its end, and is stored; its leases are
   * renewed meanwhile. The node learns of it with its next heartbeat, or at once if it is this one.
   * It stays so until {@link #resume}, or until it ends; after a restart a node is a new one.
   * Called again it does nothing.
   *
   * @throws NodeNotFoundException if there is no such node
   */
  void drain(String node);

  /**
   * Lets a drained node claim again. Called for one that is not drained it does nothing.
   *
   * @throws NodeNotFoundException if there is no such node
   */
  void resume(String node);

  /**
   * The partitions as this node is configured, by number; empty if {@code durable.partition-count}
   * is 0.
   */
  List<PartitionInfo> partitions();

  /** How many nodes there should be, and why. Read anew at most every 5 seconds. */
  ScaleAdvice scale();

  /** What does not go on by itself. Looks now, and changes nothing. */
  WatchdogReport watchdog();
}
