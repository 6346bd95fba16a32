package dev.durable.jpa;

import static dev.durable.jpa.EntityHub.A;
import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent.EntityUnlockRequested;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two transactions about one entity, of which the second begins before the first has ended. */
class EntityRacesTest {

  private static final ExecutionTerminated ENOUGH = new ExecutionTerminated("enough");

  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void stopOther() {
    other.shutdownNow();
  }

  /** The second begins when the first has written, and goes on when the first has committed. */
  private <T> T behind(TestHub hub, Function<JpaTaskHubStore, ?> first, Callable<T> second)
      throws Exception {
    Future<T> waiting =
        hub.database.inTransaction(
            em -> {
              first.apply(new JpaTaskHubStore(em, hub.database.dialect(), hub.name));
              em.flush();
              Future<T> begun = other.submit(second);
              untilSomebodyWaits(hub);
              return begun;
            });
    return waiting.get(30, TimeUnit.SECONDS);
  }

  private static void untilSomebodyWaits(TestHub hub) {
    String waiting =
        hub.database.dialect() == Dialect.POSTGRESQL
            ? "SELECT COUNT(*) FROM PG_LOCKS WHERE NOT GRANTED"
            : "SELECT COUNT(*) FROM SYSCS_DIAG.LOCK_TABLE WHERE STATE = 'WAIT'";
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    try (Connection connection = hub.database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      while (System.nanoTime() < end) {
        try (ResultSet count = statement.executeQuery(waiting)) {
          count.next();
          if (count.getInt(1) > 0) {
            return;
          }
        }
        Thread.onSpinWait();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    throw new AssertionError("nobody waits");
  }

  private record Ready(TestHub hub, ParentTask owner, EntityCommit locking) {}

  /** An entity whose next commit locks it for an owner that goes on. */
  private static Ready ready(Dialect dialect) {
    TestHub hub = new TestHub(dialect).create("order-1");
    InstanceWorkItem order = hub.claim().get(0);
    hub.store.commit(List.of(TestHub.sending(order, List.of())));
    ParentTask owner = EntityHub.task(order);
    hub.store.sendToEntity(EntityHub.lock(A, owner), NOW, false);
    return new Ready(hub, owner, EntityHub.batch(EntityHub.claim(hub, A), "1", owner, List.of()));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void anAcquisitionWaitsForTheEndOfItsOwnerAndIsFencedOff(Dialect dialect) throws Exception {
    Ready ready = ready(dialect);

    List<CommitOutcome> outcomes =
        behind(
            ready.hub(),
            store -> store.terminateNow("order-1", ENOUGH, NOW),
            () -> ready.hub().store.commit(List.of(ready.locking())));

    assertThat(outcomes).containsExactly(CommitOutcome.FENCED);
    assertThat(lockedBy(ready.hub())).isNull();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void theEndOfAnOwnerWaitsForAnAcquisitionAndSendsTheUnlock(Dialect dialect) throws Exception {
    Ready ready = ready(dialect);

    behind(
        ready.hub(),
        store -> store.commit(List.of(ready.locking())),
        () -> ready.hub().store.terminateNow("order-1", ENOUGH, NOW));

    assertUnlocked(ready);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void theLastEpisodeOfAnOwnerWaitsForAnAcquisitionAndSendsTheUnlock(Dialect dialect)
      throws Exception {
    Ready ready = ready(dialect);
    ready.hub().raise("order-1", "end");
    InstanceWorkItem order = EntityHub.claim(ready.hub(), "order-1");

    behind(
        ready.hub(),
        store -> store.commit(List.of(ready.locking())),
        () -> ready.hub().store.commit(List.of(EntityHub.ending(order))));

    assertUnlocked(ready);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void anAcquisitionWaitsForTheLastEpisodeOfItsOwnerAndIsFencedOff(Dialect dialect)
      throws Exception {
    Ready ready = ready(dialect);
    ready.hub().raise("order-1", "end");
    InstanceWorkItem order = EntityHub.claim(ready.hub(), "order-1");

    List<CommitOutcome> outcomes =
        behind(
            ready.hub(),
            store -> store.commit(List.of(EntityHub.ending(order))),
            () -> ready.hub().store.commit(List.of(ready.locking())));

    assertThat(outcomes).containsExactly(CommitOutcome.FENCED);
    assertThat(lockedBy(ready.hub())).isNull();
  }

  private static @Nullable String lockedBy(TestHub hub) {
    return hub.store.entity(EntityDelivery.entity(A)).orElseThrow().lockedBy();
  }

  private static void assertUnlocked(Ready ready) {
    assertThat(lockedBy(ready.hub())).isEqualTo("order-1");
    assertThat(ready.hub().claim())
        .filteredOn(item -> item.lease().instance().id().equals(A))
        .singleElement()
        .satisfies(
            item ->
                assertThat(item.inbox())
                    .extracting(m -> m.message().event())
                    .containsExactly(new EntityUnlockRequested(ready.owner())));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void whoMeetsAnEntityThatSomebodyIsCreatingWaitsAndSendsToThatOne(Dialect dialect)
      throws Exception {
    TestHub hub = new TestHub(dialect);

    behind(
        hub,
        store -> {
          store.sendToEntity(EntityHub.signal(A, "s1"), NOW, false);
          return null;
        },
        () -> {
          hub.store.sendToEntity(EntityHub.signal(A, "s2"), NOW, false);
          return null;
        });

    assertThat(hub.claim())
        .singleElement()
        .satisfies(item -> assertThat(TestHub.messageIds(item)).containsExactly("s1", "s2"));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void anEpisodeThatMeetsAnEntityThatSomebodyIsCreatingIsCommitted(Dialect dialect)
      throws Exception {
    TestHub hub = new TestHub(dialect).create("order-1");
    InstanceWorkItem order = hub.claim().get(0);

    List<CommitOutcome> outcomes =
        behind(
            hub,
            store -> {
              store.sendToEntity(EntityHub.signal(A, "s1"), NOW, false);
              return null;
            },
            () ->
                hub.store.commit(
                    List.of(EntityHub.sending(order, List.of(EntityHub.signal(A, "s2"))))));

    assertThat(outcomes).containsExactly(CommitOutcome.COMMITTED);
    assertThat(TestHub.messageIds(EntityHub.claim(hub, A))).containsExactly("s1", "s2");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aPreparedEntityIsFreeForOthersWhileACallerSendsToIt(Dialect dialect) throws Exception {
    TestHub hub = new TestHub(dialect);
    prepare(hub, A, NOW);
    prepare(hub, A, NOW);

    hub.database.inTransaction(
        em -> {
          TaskHubStore joined = new JpaTaskHubStore(em, dialect, hub.name);
          for (String id : List.of("z", "m", "a", "m")) {
            joined.sendToEntity(EntityHub.signal(A, id), NOW, false);
          }
          try {
            Future<?> sent =
                other.submit(
                    () -> hub.store.sendToEntity(EntityHub.signal(A, "other"), NOW, false));
            sent.get(30, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return null;
        });

    assertThat(TestHub.messageIds(EntityHub.claim(hub, A)))
        .containsExactlyInAnyOrder("z", "m", "a", "other");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aPreparedEntityIsReachableForHalfTheGrace(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    assertThat(hub.store.isReachable(A, NOW)).isFalse();
    Instant later = NOW.plus(TaskHubStore.EMPTY_ENTITY_GRACE.dividedBy(2));

    prepare(hub, A, NOW);
    assertThat(hub.claim()).isEmpty();
    assertThat(hub.store.isReachable(A, later)).isTrue();
    assertThat(hub.store.isReachable(A, later.plusMillis(1))).isFalse();

    prepare(hub, A, later.plusMillis(1));
    assertThat(hub.store.isReachable(A, later.plusMillis(2))).isTrue();
    assertThat(hub.store.entity(EntityDelivery.entity(A)).orElseThrow().createdAt()).isEqualTo(NOW);
  }

  private static void prepare(TestHub hub, String entity, Instant at) {
    hub.database.inTransaction(
        em -> {
          new JpaTaskHubStore(em, hub.database.dialect(), hub.name).prepareEntity(entity, at);
          return null;
        });
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aCleanUpDoesNotRemoveWhatACallerIsAboutToSendTo(Dialect dialect) throws Exception {
    TestHub hub = new TestHub(dialect);
    EntityHub.create(hub, A, null);
    Instant later = NOW.plus(TaskHubStore.EMPTY_ENTITY_GRACE).plusSeconds(1);
    prepare(hub, A, later);

    assertThat(hub.store.cleanUpEntities(NOW.plusMillis(1), later, 10).removed()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void whoSendsToAnEntityThatIsBeingRemovedWaitsAndCreatesItAnew(Dialect dialect) throws Exception {
    TestHub hub = new TestHub(dialect);
    EntityHub.create(hub, A, null);
    Instant later = NOW.plus(TaskHubStore.EMPTY_ENTITY_GRACE).plusSeconds(1);

    behind(
        hub,
        store -> store.cleanUpEntities(NOW.plusMillis(1), later, 10),
        () -> {
          hub.store.sendToEntity(EntityHub.signal(A, "s1"), later, false);
          return null;
        });

    assertThat(hub.store.entity(EntityDelivery.entity(A)).orElseThrow().createdAt())
        .isEqualTo(later);
    assertThat(hub.claim(later)).hasSize(1);
  }
}
