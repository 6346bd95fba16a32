package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.store.CachedHistory;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.testing.Histories;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstanceCacheTest {

  private static final ExecutionSnapshot RUNNING =
      new ExecutionSnapshot(
          1, "e-1", "sample", null, RuntimeStatus.RUNNING, null, null, null, null);

  private final InstanceCache cache = new InstanceCache(1_000_000);

  private static InstanceWorkItem item(long key, int execution, List<HistoryEvent> history) {
    ExecutionSnapshot snapshot = RUNNING;
    while (snapshot.number() < execution) {
      snapshot = snapshot.again();
    }
    return new InstanceWorkItem(
        new InstanceLease(new InstanceRef("i-" + key, key), "node-a", 1),
        snapshot,
        history,
        List.of(),
        1);
  }

  private void stored(InstanceWorkItem item, List<HistoryEvent> appended) {
    cache.stored(
        item, commit(item, item.execution(), appended), RecordedHistory.of(item.history()));
  }

  private void stored(
      InstanceWorkItem item, ExecutionSnapshot snapshot, List<HistoryEvent> appended) {
    cache.stored(item, commit(item, snapshot, appended), RecordedHistory.of(item.history()));
  }

  private static EpisodeCommit commit(InstanceWorkItem item, List<HistoryEvent> appended) {
    return commit(item, item.execution(), appended);
  }

  private static EpisodeCommit commit(
      InstanceWorkItem item, ExecutionSnapshot snapshot, List<HistoryEvent> appended) {
    int first = snapshot.number() > item.execution().number() ? 1 : item.history().size() + 1;
    return new EpisodeCommit(
        item.lease(),
        snapshot,
        first,
        appended,
        List.of(),
        List.of(),
        OpenActivities.KEPT,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        null,
        Histories.T0);
  }

  private static void storeOne(InstanceCache into, long key) {
    InstanceWorkItem item = item(key, 1, events(0, 3));
    into.stored(item, commit(item, events(3, 4)), RecordedHistory.of(item.history()));
  }

  private static List<HistoryEvent> events(int from, int to) {
    List<HistoryEvent> events = new ArrayList<>();
    for (int i = from; i < to; i++) {
      events.add(Histories.taskCompleted(i, "\"result\""));
    }
    return events;
  }

  private @Nullable List<HistoryEvent> known(long key) {
    CachedHistory found = cache.find(key);
    return found == null ? null : found.events();
  }

  @Test
  void afterACommitTheHistoryIsWhatWasThereAndWhatWasAppended() {
    stored(item(1, 1, events(0, 3)), events(3, 5));

    assertThat(cache.find(1)).isEqualTo(new CachedHistory(1, events(0, 5)));
    assertThat(cache.find(2)).isNull();
  }

  @Test
  void whatOthersHaveCommittedInBetweenIsTakenOver() {
    stored(item(1, 1, List.of()), events(0, 2));
    stored(item(1, 1, events(0, 6)), events(6, 7));

    assertThat(known(1)).isEqualTo(events(0, 7));
  }

  @Test
  void whatIsKnownIsNotTakenBackByWhatIsOlder() {
    stored(item(1, 1, events(0, 6)), events(6, 7));
    stored(item(1, 1, events(0, 2)), events(2, 3));
    assertThat(known(1)).isEqualTo(events(0, 7));

    stored(item(1, 2, events(10, 12)), events(12, 13));
    stored(item(1, 1, events(0, 7)), events(7, 20));
    assertThat(cache.find(1)).isEqualTo(new CachedHistory(2, events(10, 13)));
  }

  @Test
  void whatWasGivenOutDoesNotChange() {
    stored(item(1, 1, List.of()), events(0, 2));
    List<HistoryEvent> before = known(1);
    stored(item(1, 1, events(0, 2)), events(2, 4));

    assertThat(before).isEqualTo(events(0, 2));
    assertThat(known(1)).isEqualTo(events(0, 4));
  }

  @Test
  void anInstanceThatHasFinishedIsForgotten() {
    InstanceWorkItem item = item(1, 1, events(0, 3));
    stored(item, events(3, 4));
    stored(item, item.execution().ended(RuntimeStatus.COMPLETED, null, null), events(4, 5));

    assertThat(cache.find(1)).isNull();
    assertThat(cache.figures().bytes()).isZero();
  }

  @Test
  void theNextExecutionBeginsWithNothingOfTheOneBefore() {
    InstanceWorkItem item = item(1, 1, events(0, 3));
    stored(item, events(3, 4));
    stored(item, item.execution().next("e-2", null), List.of());
    assertThat(cache.find(1)).isNull();

    stored(item, item.execution().again(), events(20, 22));
    assertThat(cache.find(1)).isEqualTo(new CachedHistory(2, events(20, 22)));
  }

  @Test
  void whatWasUsedLeastRecentlyMakesRoomFirst() {
    long one = EventSize.of(events(0, 4)) + 400;
    InstanceCache small = new InstanceCache(3 * one);
    for (long key = 1; key <= 3; key++) {
      storeOne(small, key);
    }
    small.find(1);
    storeOne(small, 4);

    assertThat(small.find(2)).isNull();
    assertThat(small.find(1)).isNotNull();
    assertThat(small.find(4)).isNotNull();
    assertThat(small.figures()).isEqualTo(new InstanceCache.Figures(0, 0, 1, 3, 3 * one));
  }

  @Test
  void oneThatIsLargerThanTheCacheIsNotKept() {
    InstanceWorkItem item = item(1, 1, List.of());
    stored(item, List.of(new TaskCompleted(0, "x".repeat(600_000))));

    assertThat(cache.find(1)).isNull();
    assertThat(cache.figures().bytes()).isZero();
  }

  @Test
  void whatAnEpisodeHasReadTheNextOneReadsOnAndNobodyElse() {
    InstanceWorkItem first = item(1, 1, events(0, 3));
    RecordedHistory read = cache.read(first);
    cache.stored(first, commit(first, events(3, 5)), read);
    InstanceWorkItem second = item(1, 1, events(0, 5));

    assertThat(cache.read(item(1, 1, events(0, 7)))).isNotSameAs(read);
    assertThat(cache.read(item(1, 2, events(0, 5)))).isNotSameAs(read);
    assertThat(cache.read(second)).isSameAs(read);
    assertThat(read).usingRecursiveComparison().isEqualTo(RecordedHistory.of(events(0, 5)));
    assertThat(cache.read(second)).isNotSameAs(read);
  }

  @Test
  void claimsAreCountedByWhetherAnythingIsKnownOfTheirExecution() {
    stored(item(1, 1, events(0, 3)), events(3, 4));
    cache.claimed(item(1, 1, events(0, 4)));
    cache.claimed(item(1, 2, events(0, 4)));
    cache.claimed(item(2, 1, events(0, 4)));
    cache.claimed(item(3, 1, List.of()));

    assertThat(cache.figures().hits()).isEqualTo(1);
    assertThat(cache.figures().misses()).isEqualTo(2);
  }

  @Test
  void oneThatIsOffHoldsAndCountsNothing() {
    InstanceCache off = InstanceCache.off();
    storeOne(off, 1);
    off.claimed(item(1, 1, events(0, 4)));

    assertThat(off.find(1)).isNull();
    assertThat(off.figures()).isEqualTo(new InstanceCache.Figures(0, 0, 0, 0, 0));
    assertThatThrownBy(() -> new InstanceCache(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  // ---- how an instance stands

  private static final InstanceRef FIRST = new InstanceRef("i-1", 1);

  @Test
  void anInstanceStandsAsItsLastCommitHasLeftIt() {
    stored(item(1, 1, events(0, 3)), events(3, 5));

    InstanceWorkItem standing = cache.unclaimed(FIRST, 1, "node-b").orElseThrow();
    assertThat(standing.lease()).isEqualTo(new InstanceLease(FIRST, "node-b", 2));
    assertThat(standing.execution()).isEqualTo(RUNNING);
    assertThat(standing.history()).isEqualTo(events(0, 5));
    assertThat(standing.inbox()).isEmpty();
    assertThat(cache.unclaimed(FIRST, 2, "node-b")).isEmpty();
    assertThat(cache.unclaimed(new InstanceRef("i-2", 2), 1, "node-b")).isEmpty();
  }

  @Test
  void afterAClaimItDoesNotStandUntilTheNextCommit() {
    InstanceWorkItem item = item(1, 1, events(0, 3));
    stored(item, events(3, 5));
    cache.claimed(item(1, 1, events(0, 5)));
    assertThat(cache.unclaimed(FIRST, 1, "node-b")).isEmpty();
    stored(item(1, 1, events(0, 5)), events(5, 6));

    assertThat(cache.unclaimed(FIRST, 1, "node-b")).isPresent();
    cache.forget(FIRST);
    assertThat(cache.unclaimed(FIRST, 1, "node-b")).isEmpty();
  }

  @Test
  void whatDoesNotRunDoesNotStand() {
    InstanceWorkItem item = item(1, 1, events(0, 3));
    for (RuntimeStatus status : List.of(RuntimeStatus.SUSPENDED, RuntimeStatus.PENDING)) {
      stored(item, RUNNING.with(status, null), events(3, 4));
      assertThat(cache.unclaimed(FIRST, 1, "node-b")).isEmpty();
      assertThat(known(1)).isNotNull();
    }
    stored(item, RUNNING.ended(RuntimeStatus.COMPLETED, null, null), events(3, 4));
    assertThat(cache.unclaimed(FIRST, 1, "node-b")).isEmpty();
  }
}
