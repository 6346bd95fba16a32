package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore.StartOutcome;
import dev.durable.jpa.RowLocks.Known;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts of many clients in one transaction. They are inserted as if no id were taken; if one is,
 * that is undone, and they are looked for first. Who takes one in between has all of it fail.
 */
final class Starts {

  /** As databases say that a transaction should be tried again. */
  private static final String LOST_RACE = "40001";

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

  List<StartOutcome> start(List<NewInstance> instances) {
    return startIfNew(instances).orElseGet(() -> startMissing(instances));
  }

  /** Starts all, if no id is taken; otherwise none, and returns nothing. */
  Optional<List<StartOutcome>> startIfNew(List<NewInstance> instances) {
    if (!hub.canFence()) {
      return Optional.empty();
    }
    List<StartOutcome> created = instances.stream().map(this::created).toList();
    outbox.insert(batch);
    return batch.executeIfFencesHold() ? Optional.of(created) : Optional.empty();
  }

  private List<StartOutcome> startMissing(List<NewInstance> instances) {
    begin();
    List<String> ids = instances.stream().map(NewInstance::instanceId).toList();
    Map<String, Known> taken = new HashMap<>();
    hub.dialect().rowLocks().known(hub, ids).forEach(known -> taken.put(known.ref().id(), known));
    List<StartOutcome> outcomes = new ArrayList<>(instances.size());
    for (NewInstance wanted : instances) {
      Known known = taken.get(wanted.instanceId());
      outcomes.add(known == null ? created(wanted) : seen(wanted, known));
    }
    outbox.insert(batch);
    try {
      batch.execute();
    } catch (PersistenceException e) {
      if (e.getCause() instanceof SQLException violation && Writing.isViolation(violation)) {
        SQLException lost =
            new SQLException("An id was taken at the same moment.", LOST_RACE, violation);
        throw new PersistenceException(lost.getMessage(), lost);
      }
      throw e;
    }
    return outcomes;
  }

  private void begin() {
    batch = new Batch(hub);
    outbox = new Outbox(hub);
    left = claim.max();
  }

  private StartOutcome created(NewInstance wanted) {
    boolean leased = left > 0;
    InstanceRef ref = new Lives(hub, batch, outbox).start(wanted, leased ? claim : null);
    if (leased) {
      left--;
    }
    return outcome(wanted, ref, leased ? claim.owner() : null);
  }

  /** Perhaps it is what an earlier try has left. */
  private StartOutcome seen(NewInstance wanted, Known known) {
    boolean isWanted =
        known.executionId().equals(wanted.executionId())
            && known.version() == InstanceRow.FIRST_VERSION;
    return isWanted ? outcome(wanted, known.ref(), known.owner()) : new StartOutcome.Taken();
  }

  private StartOutcome outcome(NewInstance wanted, InstanceRef ref, @Nullable String owner) {
    return claim.owner().equals(owner)
        ? new StartOutcome.Claimed(
            wanted.claimed(new InstanceLease(ref, owner, InstanceRow.FIRST_VERSION)))
        : new StartOutcome.Created();
  }
}
