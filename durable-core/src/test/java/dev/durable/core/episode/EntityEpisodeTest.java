package dev.durable.core.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent.EntityMessage;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.HistoryEvent.EntityUnlockRequested;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.EntityWork;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.testing.Counter;
import dev.durable.core.testing.TestFunctions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which messages of an entity count now, and what comes of them. */
class EntityEpisodeTest {

  private static final String ENTITY = EntityDelivery.instanceId(Counter.id("a"));

  private final TaskHubStore store = new InMemoryTaskHub().open();
  private final TestFunctions functions = new TestFunctions().entity(Counter.class);
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void threeOperationsWait() {
    for (String id : List.of("op:1", "op:2", "op:3")) {
      store.sendToEntity(
          new EntityDelivery(
              ENTITY, id, new EntityOperationRequested("get", null, null, false), now),
          now,
          false);
    }
  }

  /** Claimed by a node that has perhaps ended the one before it. */
  private EntityEpisode next(int maxAttempts) {
    now = now.plusSeconds(60);
    Claim claim = new Claim("node", now, now.plus(Duration.ofSeconds(30)), 1);
    InstanceWorkItem item = store.claimInstances(InstanceClaim.any(claim)).get(0);
    return EntityEpisode.begin(item, functions, now, 100, maxAttempts);
  }

  @Test
  void operationsAreABatchUntilOneWasNotStored() {
    assertThat(next(2).operations()).hasSize(3);
    assertThat(next(2).operations()).hasSize(1);
  }

  @Test
  void onlyTheOperationThatWasBegunInVainIsGivenUp() {
    next(2);
    next(2);

    EntityEpisode third = next(2);

    assertThat(third.task()).isEmpty();
    assertThat(third.operations()).hasSize(1);
  }

  @Test
  void whereNothingIsBegunTwiceNoOperationTakesAnotherAlong() {
    assertThat(next(1).operations()).hasSize(1);
    assertThat(next(1).task()).isEmpty();
  }

  @Test
  void onlyTheTaskThatHasLockedAnEntityUnlocksIt() {
    ParentTask owner = new ParentTask(new InstanceRef("order-1", 7), 2, 5);
    for (ParentTask other :
        List.of(
            new ParentTask(new InstanceRef("order-2", 8), 2, 5),
            new ParentTask(owner.instance(), 1, 5),
            new ParentTask(owner.instance(), 2, 4))) {
      EntityCommit commit = lockedBy(owner, new EntityUnlockRequested(other));
      assertThat(commit.lockedBy()).isEqualTo(owner);
      assertThat(commit.bringsBack()).isFalse();
      assertThat(commit.consumed()).containsExactly("m-1");
    }

    EntityCommit commit = lockedBy(owner, new EntityUnlockRequested(owner));
    assertThat(commit.lockedBy()).isNull();
    assertThat(commit.bringsBack()).isTrue();
  }

  /** What comes of a message to a locked entity. */
  private EntityCommit lockedBy(ParentTask owner, EntityMessage event) {
    InstanceRef entity = new InstanceRef(ENTITY, 1);
    Message message = new EntityDelivery(ENTITY, "m-1", event, now).to(entity);
    InstanceWorkItem item =
        new InstanceWorkItem(
            new InstanceLease(entity, "node", 1),
            ExecutionSnapshot.entity(ENTITY),
            List.of(),
            List.of(new InboxMessage(message, 1)),
            1,
            new EntityWork(null, owner, Set.of()));
    EntityEpisode episode = EntityEpisode.begin(item, functions, now, 100, 2);
    return episode.conclude(episode.resultWithoutTask(), () -> "id");
  }
}
