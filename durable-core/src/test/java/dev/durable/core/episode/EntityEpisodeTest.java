package dev.durable.core.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.store.Claim;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.testing.Counter;
import dev.durable.core.testing.TestFunctions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
    InstanceWorkItem item = store.claimInstances(claim).get(0);
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
}
