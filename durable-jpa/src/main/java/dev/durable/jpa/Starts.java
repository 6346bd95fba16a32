package dev.durable.jpa;

import dev.durable.core.store.Claim;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore.StartOutcome;
import dev.durable.jpa.RowLocks.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts of many clients in one transaction. They are inserted as if no id were taken; if one is,
 * that is undone, and they are looked for first. Who takes one in between has all of it fail.
 */
final class Starts {

  private final Hub hub;
  private final Claim claim;
  private Batch batch;
  private Outbox outbox;
  private int left;

  Starts(Hub hub, Claim claim) {
    this.hub = hub;
    this.claim = claim;
    this.batch = new Batch(hub);
    this.outbox = new Outbox(hub);
    this.left = claim.max();
  }

  List<StartOutcome> start(List<Start> starts) {
    return startIfNew(starts).orElseGet(() -> startMissing(starts));
  }

  /** Starts all, if no id is taken; otherwise none, and returns nothing. */
  Optional<List<StartOutcome>> startIfNew(List<Start> starts) {
    if (!hub.canFence()) {
      return Optional.empty();
    }
    List<StartOutcome> created = starts.stream().map(this::created).toList();
    outbox.insert(batch);
    return batch.executeIfFencesHold() ? Optional.of(created) : Optional.empty();
  }

  private List<StartOutcome> startMissing(List<Start> starts) {
    begin();
    List<String> ids = starts.stream().map(start -> start.ref().id()).toList();
    Map<String, Known> taken = new HashMap<>();
    hub.dialect().rowLocks().known(hub, ids).forEach(known -> taken.put(known.ref().id(), known));
    Set<String> createdNow = new HashSet<>();
    List<StartOutcome> outcomes = new ArrayList<>(starts.size());
    for (Start wanted : starts) {
      Known known = taken.get(wanted.ref().id());
      if (known != null) {
        outcomes.add(seen(wanted, known));
      } else {
        boolean isFirst = createdNow.add(wanted.ref().id());
        outcomes.add(isFirst ? created(wanted) : new StartOutcome.Taken());
      }
    }
    outbox.insert(batch);
    batch.executeUnlessRaceIsLost();
    return outcomes;
  }

  private void begin() {
    batch = new Batch(hub);
    outbox = new Outbox(hub);
    left = claim.max();
  }

  private StartOutcome created(Start wanted) {
    boolean leased = left > 0;
    new Lives(hub, batch, outbox).start(wanted, leased ? claim : null);
    if (leased) {
      left--;
    }
    return outcome(wanted, leased);
  }

  /** Perhaps it is what an earlier try has left. */
  private StartOutcome seen(Start wanted, Known known) {
    return known.ref().equals(wanted.ref())
        ? outcome(wanted, known.version() == Start.FIRST_VERSION && isOwn(known.owner()))
        : new StartOutcome.Taken();
  }

  private boolean isOwn(@Nullable String owner) {
    return claim.owner().equals(owner);
  }

  private StartOutcome outcome(Start wanted, boolean leased) {
    return leased
        ? new StartOutcome.Claimed(wanted.claimedBy(claim.owner()))
        : new StartOutcome.Created();
  }
}
