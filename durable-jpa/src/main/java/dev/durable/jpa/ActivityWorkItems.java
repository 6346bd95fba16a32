package dev.durable.jpa;

import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityClaim.Names;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Claim;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.StartsWindow;
import java.time.Instant;
import java.util.List;

/**
 * Claims activity tasks. Claims of an activity that has a limit take turns over all nodes: the row
 * of its name is locked to the end of the transaction, so what is counted stays true.
 */
final class ActivityWorkItems {

  private final Hub hub;

  ActivityWorkItems(Hub hub) {
    this.hub = hub;
  }

  List<ActivityWorkItem> claim(ActivityClaim claim) {
    return claim.limit() != null && claim.names() instanceof Names.Only only
        ? limited(claim, only.name(), claim.limit())
        : leased(claim);
  }

  private List<ActivityWorkItem> leased(ActivityClaim claim) {
    return hub.dialect().claims().claimActivities(hub, claim).stream()
        .sorted(ActivityTaskRow.ORDER)
        .map(row -> row.workItem(claim.claim().owner()))
        .toList();
  }

  private List<ActivityWorkItem> limited(ActivityClaim wanted, String name, HubLimit limit) {
    Claim claim = wanted.claim();
    String starts = hub.dialect().rowLocks().holdLimit(hub, name);
    int allowed = claim.max();
    if (limit.maxConcurrent() != null) {
      allowed = Math.min(allowed, limit.maxConcurrent() - running(name, claim.now()));
    }
    if (limit.rate() != null) {
      StartsWindow window = StartsWindow.parse(starts, limit.rate(), claim.now());
      allowed = Math.min(allowed, window.allowed(limit.rate(), claim.now()));
    }
    if (allowed <= 0) {
      return List.of();
    }
    Claim smaller = new Claim(claim.owner(), claim.now(), claim.leaseUntil(), allowed);
    List<ActivityWorkItem> items = leased(wanted.with(smaller));
    if (limit.rate() != null && !items.isEmpty()) {
      StartsWindow window = StartsWindow.parse(starts, limit.rate(), claim.now());
      keep(name, window.plus(items.size(), claim.now()).text());
    }
    return items;
  }

  /** All values of the columns before the time, so that the index leads past what waits. */
  private int running(String name, Instant now) {
    Object count =
        NativeSql.query(
                hub,
                """
                SELECT COUNT(*) FROM DURABLE_ACTIVITY_TASK
                WHERE TASK_HUB = ?1 AND HELD IN (0, 1) AND PRIORITY IN (0, 1, 2)
                  AND LEASE_EXPIRES_AT > ?3 AND NAME = ?2 AND LEASE_OWNER IS NOT NULL""",
                hub.name(),
                name,
                now.toEpochMilli())
            .get(0);
    return (int) NativeSql.number(count);
  }

  private void keep(String name, String starts) {
    NativeSql.update(
        hub,
        "UPDATE DURABLE_ACTIVITY_LIMIT SET STARTS = ?3 WHERE TASK_HUB = ?1 AND NAME = ?2",
        hub.name(),
        name,
        starts);
  }
}
