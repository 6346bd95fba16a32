package dev.durable.core.worker;

import dev.durable.cluster.WatchdogReport;
import dev.durable.cluster.WatchdogReport.Orphan;
import dev.durable.cluster.WatchdogReport.Overdue;
import dev.durable.core.store.NodeRecord;
import dev.durable.core.store.TaskHubStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives back what nodes hold that are not there any more, and tells of what else does not go on by
 * itself. Each node has one and calls it now and then; that of the live node with the smallest name
 * is the one that looks, so that all are told once. It does not matter if two look at the same
 * time.
 *
 * <p>Not thread-safe.
 */
public final class Watchdog {

  private static final int RELEASED_AT_ONCE = 1_000;

  private final String node;
  private final TaskHubStore store;
  private final InstantSource clock;
  private final TaskHubListener listener;
  private final Inspection inspection;
  private WatchdogReport last = new WatchdogReport(Instant.EPOCH, List.of(), List.of());

  /** That of the node of that name. */
  public Watchdog(
      String node,
      TaskHubStore store,
      InstantSource clock,
      TaskHubOptions options,
      TaskHubListener listener) {
    this.node = node;
    this.store = store;
    this.clock = clock;
    this.listener = listener;
    this.inspection = new Inspection(store, clock, options);
  }

  /** Looks, if it is this node's turn. A failure is told to the listener. */
  public void look() {
    try {
      Instant now = clock.instant();
      if (isOnDuty(now)) {
        int released = store.releaseAbandoned(now, RELEASED_AT_ONCE);
        if (released > 0) {
          listener.abandonedReleased(released);
        }
        tell(inspection.report());
      } else if (!last.isEmpty()) {
        tell(new WatchdogReport(now, List.of(), List.of())); // what is found is another's to tell
      }
    } catch (RuntimeException | Error e) {
      listener.storeFailed("look of the watchdog; it looks again in a while", e);
    }
  }

  private boolean isOnDuty(Instant now) {
    return store.nodes().stream()
        .filter(other -> other.isLive(now))
        .map(NodeRecord::name)
        .min(String::compareTo)
        .filter(node::equals)
        .isPresent();
  }

  private void tell(WatchdogReport found) {
    List<Overdue> overdue = new ArrayList<>(found.overdue());
    overdue.removeAll(last.overdue());
    List<Orphan> orphans = new ArrayList<>(found.orphans());
    orphans.removeAll(last.orphans());
    last = found;
    listener.watchdogFound(found, new WatchdogReport(found.at(), overdue, orphans));
  }
}
