package dev.durable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How this node and its task hub are doing; for health checks and displays, to be injected with
 * {@code @Inject TaskHubStatus hub}.
 *
 * <p>Thread-safe. Every method answers at once from memory: none waits, takes a lock for long,
 * talks to the database or throws, also before the start, during an outage and while the server
 * stops. The answers are not taken at one moment, so two of them may not fit together. Nothing here
 * survives a crash; a new process starts anew.
 */
public interface TaskHubStatus {

  /**
   * Whether the schema has been looked after, as {@code durable.schema} says, and the loops run.
   * Once true it stays so until the process ends.
   */
  boolean started();

  /**
   * When the poll loop last began a round, by this machine's clock. A round counts when it begins,
   * whether or not the database answers it. {@link Instant#EPOCH} before the first one.
   */
  Instant lastPollAt();

  /**
   * How long ago the poll loop last began a round, not affected by changes of the clock; never
   * negative. {@link Duration#ZERO} before the first one.
   */
  Duration sinceLastPoll();

  /** The longest time between two rounds when there is nothing to do; 1 s before the start. */
  Duration pollingInterval();

  /**
   * Whether the node's own last attempt to use the database succeeded; what clients do does not
   * count. False also while an attempt has been under way for more than 5 seconds, so that a
   * database that does not answer is not mistaken for a loop that stands still; and false before
   * the first success.
   */
  boolean storeReachable();

  /**
   * What is wrong, in one sentence for people; empty if nothing is known to be. Anybody may be
   * shown it: it names no hosts, users, passwords, SQL, stored values or stack traces.
   */
  Optional<String> problem();

  /** The name of this node in leases, new with each start; empty before the start. */
  String node();

  /** The name of the task hub, as {@code durable.task-hub} says; empty before the start. */
  String taskHub();

  /** The version of the database schema that this node works with; 0 before the start. */
  int schemaVersion();

  /** How many instances and activity tasks this node holds a lease for; at least 0. */
  int activeLeases();

  /**
   * Whether this node claims nothing more: it is stopping, and finishes or gives back what it has;
   * or it was drained ({@link dev.durable.cluster.DurableCluster#drain}), and finishes what it has,
   * or has nothing any more. When it is stopping it stays so; when it was drained, until it is
   * resumed.
   */
  boolean draining();
}
