package dev.durable.rest.health;

import dev.durable.TaskHubStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/**
 * What the facts about a node mean for its health. The page may be seen by anybody, so a check says
 * up or down, a reason from a fixed list, the problem as {@link TaskHubStatus#problem()} words it
 * for everybody, and figures.
 */
final class NodeHealth {

  /** So many intervals may pass without a round. */
  private static final int MISSED_ROUNDS = 3;

  /**
   * Shorter stand-stills are pauses of the garbage collector or of the machine, from which a
   * restart does not help.
   */
  private static final Duration SHORTEST_STANDSTILL = Duration.ofSeconds(30);

  private final TaskHubStatus hub;

  NodeHealth(TaskHubStatus hub) {
    this.hub = hub;
  }

  /**
   * Down if the poll loop stands still although it has nothing to wait for. Not while the database
   * is away: that may keep the loop waiting, and a restart would not bring it back. Nor while the
   * node is stopping or drained: it looks for nothing then, and a restart would take from it what
   * it still runs.
   */
  HealthCheckResponse liveness() {
    Duration standstill = hub.sinceLastPoll();
    boolean expectedToRun = hub.started() && !hub.draining() && hub.storeReachable();
    boolean alive = !expectedToRun || standstill.compareTo(longestStandstill()) <= 0;
    Map<String, Object> data = data(alive ? "" : "poll-loop-stands-still");
    data.put("secondsSinceLastPoll", standstill.toSeconds());
    return response("durable-dispatcher", alive, data);
  }

  /**
   * Up if requests can be served and what they start is worked on here: the engine runs, is neither
   * stopping nor drained, and its database answers. A drained node still answers requests, but it
   * is about to be taken away, so they had better go elsewhere.
   */
  HealthCheckResponse readiness() {
    String reason =
        !hub.started()
            ? "not-started"
            : hub.draining() ? "draining" : !hub.storeReachable() ? "store-unreachable" : "";
    Map<String, Object> data = data(reason);
    data.put("schemaVersion", (long) hub.schemaVersion());
    data.put("activeLeases", (long) hub.activeLeases());
    return response("durable-store", reason.isEmpty(), data);
  }

  /** Up once the schema is there and the loops run. */
  HealthCheckResponse startup() {
    boolean started = hub.started();
    Map<String, Object> data = data(started ? "" : "not-started");
    data.put("schemaVersion", (long) hub.schemaVersion());
    return response("durable-startup", started, data);
  }

  private Duration longestStandstill() {
    Duration rounds = hub.pollingInterval().multipliedBy(MISSED_ROUNDS);
    return rounds.compareTo(SHORTEST_STANDSTILL) < 0 ? SHORTEST_STANDSTILL : rounds;
  }

  /** Only text, longs and booleans may be in it: the server casts. */
  private Map<String, Object> data(String reason) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("node", hub.node());
    data.put("taskHub", hub.taskHub());
    if (!reason.isEmpty()) {
      data.put("reason", reason);
      hub.problem().ifPresent(problem -> data.put("problem", problem));
    }
    return data;
  }

  private static HealthCheckResponse response(String name, boolean up, Map<String, Object> data) {
    return new HealthCheckResponse(name, up ? Status.UP : Status.DOWN, Optional.of(data));
  }
}
