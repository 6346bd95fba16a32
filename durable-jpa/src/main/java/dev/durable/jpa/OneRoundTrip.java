package dev.durable.jpa;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import dev.durable.core.store.TaskHubStore.StartOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The calls of a {@link TaskHubStore} that need no transaction of a host's, because they are a
 * single round trip to the database, with beginning and end. To be called on threads that are in no
 * transaction.
 *
 * <p>Each method either does all that the method of the same name does, or nothing and returns
 * nothing: then it is for the other way, with a transaction. What is not fit for a single round
 * trip, and each race that was lost, goes that way; on databases for which there is no such round
 * trip, everything does.
 *
 * <p>Nothing is written either if the database says what is wrong. If the connection was lost,
 * which is a {@link java.sql.SQLException} about the connection behind the {@link
 * jakarta.persistence.PersistenceException}, nobody knows whether all is written or nothing.
 *
 * <p>Thread-safe.
 */
public interface OneRoundTrip {

  /** As {@link TaskHubStore#commit}, if every fence holds and no id is taken. */
  default Optional<List<CommitOutcome>> commit(List<? extends Commit> commits) {
    return Optional.empty();
  }

  /** As {@link TaskHubStore#keys}; most calls need no round trip at all. */
  default Optional<List<Long>> keys(int count) {
    return Optional.empty();
  }

  /** As {@link TaskHubStore#start}, if no id is taken. */
  default Optional<List<StartOutcome>> start(List<Start> starts, Claim claim) {
    return Optional.empty();
  }

  /** As {@link TaskHubStore#create}, if the id is not taken. */
  default Optional<CreateOutcome> create(NewInstance instance) {
    return Optional.empty();
  }

  /** As {@link TaskHubStore#send}, if it may not free a blocked instance. */
  default Optional<SendOutcome> send(
      String instanceId, String messageId, HistoryEvent event, Instant visibleAt, boolean once) {
    return Optional.empty();
  }

  /**
   * As {@link TaskHubStore#sendToEntity}, if the entity is {@linkplain TaskHubStore#isReachable
   * reachable}.
   *
   * @return whether it is done
   */
  default boolean sendToEntity(EntityDelivery delivery, Instant at, boolean once) {
    return false;
  }
}
