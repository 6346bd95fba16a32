package dev.durable.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A server process that runs the work of a task hub.
 *
 * @param name its name in leases; a new one with each start
 * @param state what it is doing
 * @param self whether it is the one that was asked
 * @param startedAt when it began
 * @param heartbeatAt when it last said that it lives
 * @param engineVersion the release that it runs
 * @param orchestrators what it can run, with versions; the empty text stands for no version
 * @param activities what it can run
 * @param entities what it can run
 * @param orchestrationSlots how busy it is with episodes of orchestrations
 * @param entitySlots with operations of entities
 * @param activitySlots with activities
 * @param partitions the partitions that it prefers, in rising order
 */
public record NodeInfo(
    String name,
    State state,
    boolean self,
    Instant startedAt,
    Instant heartbeatAt,
    String engineVersion,
    Map<String, Set<String>> orchestrators,
    Set<String> activities,
    Set<String> entities,
    Slots orchestrationSlots,
    Slots entitySlots,
    Slots activitySlots,
    List<Integer> partitions) {

  /** What a node is doing. */
  public enum State {
    /** It claims work. */
    RUNNING,
    /** It claims nothing more, and ends what it has begun. */
    DRAINING,
    /** It claims nothing, and has nothing. */
    DRAINED,
    /** It has not said in time that it lives: others take over what it had. */
    LOST
  }

  /**
   * Room for work of one kind, as of the last heartbeat.
   *
   * @param total how many at once
   * @param used how many are taken
   */
  public record Slots(int total, int used) {}
}
