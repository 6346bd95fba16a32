package dev.durable.core.worker;

import dev.durable.FailureDetails;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.StoreUnavailableException;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.worker.HeldLeases.Stage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What both workers of a node share: its identity, its store, and what to do with work that cannot
 * be done.
 */
record Desk(
    String owner,
    TaskHubStore store,
    InstantSource clock,
    TaskHubOptions options,
    TaskHubListener listener,
    HeldLeases held,
    CommitQueue commits,
    NodeWakeUps wakeUps,
    Peers peers,
    Unreleased unreleased,
    LaneCounts lanes,
    BooleanSupplier claiming) {

  /**
   * Takes claimed work into this node's hands, unless the node has stopped claiming while the claim
   * was under way: then it is given back at once. Whoever stops the node looks at what is held
   * after that, so that one of the two sees the work.
   *
   * @param end when the leases end
   * @return whether it may begin
   */
  boolean take(List<? extends Lease> claimed, Instant end) {
    claimed.forEach(lease -> held.add(lease, end));
    if (claiming.getAsBoolean()) {
      return true;
    }
    claimed.forEach(held::remove);
    undo(claimed);
    return false;
  }

  /** User code is about to run. Whether it may: as {@link HeldLeases#begin}. */
  boolean begin(Lease lease) {
    if (held.begin(lease)) {
      return true;
    }
    if (held.giveUpUnbegun(lease)) {
      listener.leaseLost(lease);
    }
    return false;
  }

  /** Has a result stored. Its lease is not given up any more, since the fence decides. */
  void commit(Commit commit, CommitQueue.Waiter waiter) {
    held.handOver(commit.lease());
    commits.add(commit, waiter);
  }

  /** Gives back at once what a stopping node has not begun. */
  void giveBackUnbegun() {
    undo(held.removeUnbegun());
  }

  /** Gives back at once what a stopping node will not finish. */
  void giveBackBegun() {
    List<Lease> begun = held.all();
    if (atStop(begun, leases -> store.release(leases, clock.instant()))) {
      begun.forEach(held::remove);
    }
  }

  private void undo(List<? extends Lease> claims) {
    atStop(claims, leases -> store.unclaim(leases, clock.instant()));
  }

  private boolean atStop(List<? extends Lease> leases, Consumer<List<? extends Lease>> givingBack) {
    if (leases.isEmpty()) {
      return true;
    }
    try {
      givingBack.accept(leases);
      return true;
    } catch (RuntimeException | Error e) {
      listener.storeFailed("release of " + leases.size() + " leases at stop; they will run out", e);
      return false;
    }
  }

  /**
   * Gives work back; if even that fails, its lease runs out. It counts as an attempt, unless the
   * host had no thread to begin it on.
   */
  void release(Lease lease, int attempt, Throwable reason) {
    Optional<Stage> stage = held.remove(lease);
    if (stage.isEmpty()) {
      return;
    }
    Instant claimableFrom = clock.instant().plus(options.retryDelay(attempt));
    boolean begun = stage.get() != Stage.CLAIMED || !(reason instanceof RejectedExecutionException);
    try {
      if (begun) {
        store.release(List.of(lease), claimableFrom);
      } else {
        store.unclaim(List.of(lease), claimableFrom);
      }
    } catch (StoreUnavailableException e) {
      unreleased.add(lease, claimableFrom, clock.instant().plus(options.leaseTimeout()), begun);
      listener.storeFailed("release of " + lease + "; it is tried again at the next poll", e);
      return;
    } catch (RuntimeException | Error e) {
      if (e != reason) {
        e.addSuppressed(reason);
      }
      listener.storeFailed("release of " + lease + "; its lease will run out", e);
      return;
    }
    listener.workReleased(lease, reason, claimableFrom);
  }

  /** Gives back what was not begun, for others; if that fails, its lease runs out. */
  void unclaim(Lease lease, Instant claimableFrom) {
    if (held.remove(lease).isEmpty()) {
      return;
    }
    try {
      store.unclaim(List.of(lease), claimableFrom);
    } catch (RuntimeException | Error e) {
      listener.storeFailed("return of " + lease + "; its lease will run out", e);
    }
  }

  /**
   * Gives back what waited to begin, for others and for the next claim.
   *
   * @return how many of them were still in this node's hands
   */
  int unclaimAll(List<? extends Lease> unbegun, Instant claimableFrom) {
    List<? extends Lease> given =
        unbegun.stream().filter(lease -> held.remove(lease).isPresent()).toList();
    if (!given.isEmpty()) {
      unclaimOrKeep(given, claimableFrom);
    }
    return given.size();
  }

  /** Gives back what this node does not have, although it may be leased to it. */
  void disown(List<? extends Lease> leases) {
    unclaimOrKeep(leases, clock.instant());
  }

  private void unclaimOrKeep(List<? extends Lease> leases, Instant claimableFrom) {
    try {
      store.unclaim(leases, claimableFrom);
    } catch (StoreUnavailableException e) {
      Instant until = clock.instant().plus(options.leaseTimeout());
      leases.forEach(lease -> unreleased.add(lease, claimableFrom, until, false));
      listener.storeFailed(
          "return of " + leases.size() + " leases; it is tried again at the next poll", e);
    } catch (RuntimeException | Error e) {
      listener.storeFailed("return of " + leases.size() + " leases; they will run out", e);
    }
  }

  /** Gives back at once what was refused although its lease may stand. */
  void giveUp(Lease lease) {
    try {
      store.release(List.of(lease), clock.instant());
    } catch (RuntimeException | Error e) {
      listener.storeFailed("release of " + lease + "; its lease will run out", e);
    }
  }

  /** Gives an instance back that is not to be tried soon; if that fails, its lease runs out. */
  boolean block(InstanceLease lease, FailureDetails reason, Instant until) {
    if (held.remove(lease).isEmpty()) {
      return false;
    }
    try {
      store.block(lease, reason, until);
      return true;
    } catch (RuntimeException | Error e) {
      listener.storeFailed("blocking of " + lease + "; its lease will run out", e);
      return false;
    }
  }
}
