package dev.durable.ejb;

import dev.durable.cluster.WatchdogReport;
import dev.durable.core.store.FunctionKey;
import dev.durable.core.worker.TaskHubListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Says in the server's log what happens between the nodes of a task hub. */
final class ClusterLog implements TaskHubListener {

  /** More findings are counted; all are in the report. */
  private static final int SHOWN = 5;

  private final Logger log;

  ClusterLog(Logger log) {
    this.log = log;
  }

  @Override
  public void leftToOthers(FunctionKey code, String node) {
    String version = code.version() == null ? "" : ", version " + code.version();
    log.log(
        Level.INFO,
        "DUR-6001: Instances of {0}{1} are left to other nodes, such as {2}: this one does not have that code.",
        code.name(),
        version,
        node);
  }

  @Override
  public void activityLeftToOthers(String activity, String node) {
    log.log(
        Level.INFO,
        "DUR-6002: Activity {0} is left to other nodes, such as {1}: this one does not have it.",
        activity,
        node);
  }

  @Override
  public void nodeDraining(boolean draining) {
    if (draining) {
      log.log(
          Level.INFO,
          "DUR-6003: The node is drained, as operators want it: it claims nothing more, and ends what it has begun.");
    } else {
      log.log(Level.INFO, "DUR-6004: The node is resumed and claims work again.");
    }
  }

  @Override
  public void abandonedReleased(int leases) {
    log.log(
        Level.WARNING,
        "DUR-6005: {0} leases of nodes that are not there any more were given back; others do that work again.",
        String.valueOf(leases));
  }

  @Override
  public void watchdogFound(WatchdogReport all, WatchdogReport fresh) {
    fresh.overdue().stream().limit(SHOWN).forEach(this::overdue);
    fresh.orphans().stream().limit(SHOWN).forEach(this::orphan);
    int more =
        Math.max(0, fresh.overdue().size() - SHOWN) + Math.max(0, fresh.orphans().size() - SHOWN);
    if (more > 0) {
      log.log(
          Level.WARNING,
          "DUR-6008: The watchdog has found {0} more of these. GET watchdog shows them.",
          String.valueOf(more));
    }
  }

  private void overdue(WatchdogReport.Overdue found) {
    log.log(
        Level.WARNING,
        "DUR-6006: {0} of {1} ({2}) could have been claimed since {3}, and nobody does: {4}.",
        found.activity() ? "An activity" : "An episode",
        found.instanceId(),
        found.name(),
        found.since(),
        found.runnable()
            ? "there is more work than the nodes can do"
            : "no node that lives has that function");
  }

  private void orphan(WatchdogReport.Orphan found) {
    log.log(
        Level.WARNING,
        "DUR-6007: {0} goes on although nobody waits for it: its parent {1} is gone or was started anew. Terminate it if it is not wanted.",
        found.instanceId(),
        found.parentInstanceId());
  }
}
