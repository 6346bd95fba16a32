package dev.durable.jpa;

import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Extends leases and gives them back. Neither raises a version: whoever did the work may still
 * commit it.
 */
final class Leases {

  private final Hub hub;

  Leases(Hub hub) {
    this.hub = hub;
  }

  List<Lease> renew(Collection<? extends Lease> leases, Instant until) {
    HeldRows held = HeldRows.of(hub, leases);
    List<Lease> lost = new ArrayList<>();
    for (Lease lease : leases) {
      if (isHeld(held, lease)) {
        write(lease, lease.owner(), until, 0);
      } else {
        lost.add(lease);
      }
    }
    hub.em().flush();
    return lost;
  }

  void release(Collection<? extends Lease> leases, Instant claimableFrom) {
    giveBack(leases, claimableFrom, 0);
  }

  void unclaim(Collection<? extends Lease> leases, Instant claimableFrom) {
    giveBack(leases, claimableFrom, 1);
  }

  private void giveBack(
      Collection<? extends Lease> leases, Instant claimableFrom, int attemptsLess) {
    HeldRows held = HeldRows.of(hub, leases);
    for (Lease lease : leases) {
      if (isHeld(held, lease)) {
        write(lease, null, claimableFrom, attemptsLess);
      }
    }
    hub.em().flush();
  }

  void saveProgress(Collection<Progress> progress) {
    HeldRows held = HeldRows.of(hub, progress.stream().map(Progress::lease).toList());
    for (Progress now : progress) {
      if (isHeld(held, now.lease())) {
        hub.batched(
                """
                UPDATE ActivityTaskRow t SET t.version = t.version, t.progress = :details
                WHERE t.instanceKey = :key AND t.execution = :execution AND t.taskId = :taskId""")
            .setParameter("details", now.details())
            .setParameter("key", now.lease().instance().key())
            .setParameter("execution", now.lease().execution())
            .setParameter("taskId", now.lease().taskId())
            .executeUpdate();
      }
    }
    hub.em().flush();
  }

  private static boolean isHeld(HeldRows held, Lease lease) {
    Held row = held.row(lease);
    return row != null && row.isHeldBy(lease);
  }

  private void write(Lease lease, @Nullable String owner, Instant claimableFrom, int attemptsLess) {
    if (lease instanceof ActivityLease activity) {
      hub.batched(
              """
              UPDATE ActivityTaskRow t SET t.version = t.version, t.leaseOwner = :owner,
                t.leaseExpiresAt = :claimableFrom, t.attempt = t.attempt - :less
              WHERE t.instanceKey = :key AND t.execution = :execution AND t.taskId = :taskId""")
          .setParameter("owner", owner)
          .setParameter("claimableFrom", claimableFrom.toEpochMilli())
          .setParameter("less", attemptsLess)
          .setParameter("key", activity.instance().key())
          .setParameter("execution", activity.execution())
          .setParameter("taskId", activity.taskId())
          .executeUpdate();
    } else {
      hub.batched(
              """
              UPDATE InstanceRow i SET i.version = i.version, i.leaseOwner = :owner,
                i.leaseExpiresAt = :claimableFrom, i.attempt = i.attempt - :less
              WHERE i.instanceKey = :key""")
          .setParameter("owner", owner)
          .setParameter("claimableFrom", claimableFrom.toEpochMilli())
          .setParameter("less", attemptsLess)
          .setParameter("key", lease.instance().key())
          .executeUpdate();
    }
  }
}
