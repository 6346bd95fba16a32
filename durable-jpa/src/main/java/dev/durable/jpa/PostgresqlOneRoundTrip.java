package dev.durable.jpa;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import dev.durable.core.store.TaskHubStore.StartOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** On connections that commit each statement, of which one may be several with an end. */
record PostgresqlOneRoundTrip(Hub hub) implements OneRoundTrip {

  @Override
  public Optional<List<CommitOutcome>> commit(List<? extends Commit> commits) {
    return PlainCommits.write(hub, commits);
  }

  @Override
  public Optional<List<Long>> keys(int count) {
    return Optional.of(hub.keys().next(hub, count));
  }

  @Override
  public Optional<List<StartOutcome>> start(List<Start> starts, Claim claim) {
    return new Starts(hub, claim).startIfNew(starts);
  }

  @Override
  public Optional<CreateOutcome> create(NewInstance instance) {
    return new Instances(hub).createIfNew(instance);
  }

  /** To free one as well takes a second statement. */
  @Override
  public Optional<SendOutcome> send(
      String instanceId, String messageId, HistoryEvent event, Instant visibleAt, boolean once) {
    return Instances.frees(event)
        ? Optional.empty()
        : Optional.of(new Instances(hub).sendAtOnce(instanceId, messageId, event, visibleAt, once));
  }

  @Override
  public boolean sendToEntity(EntityDelivery delivery, Instant at, boolean once) {
    return new EntityInboxes(hub).sendIfReachable(delivery, at, once);
  }
}
