package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.CachedHistories;
import dev.durable.core.store.CachedHistory;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** However much of a history a node has cached, a claim gives it all of it. */
abstract class HistoryCacheCases extends StoreCases {

  private InstanceWorkItem claimHaving(CachedHistories cached, Instant now) {
    List<InstanceWorkItem> items =
        open().claimInstances(InstanceClaim.any(request("node-a", now, 100)).having(cached));
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  private static CachedHistories all(CachedHistory known) {
    return key -> known;
  }

  /** An instance with so many events, and one message that waits. */
  private InstanceRef createWithHistory(Instant at) {
    create(ORDER, at);
    InstanceWorkItem item = claimOne(at);
    write(EpisodeDraft.of(item, at).createsTimer(0, at(1000)).createsTimer(1, at(2000)));
    raise(ORDER, "m1", at);
    return item.lease().instance();
  }

  @Test
  void everyBeginningOfAHistoryIsCompleted() {
    createWithHistory(at(0));
    List<HistoryEvent> whole = history(ORDER);
    assertThat(whole).hasSize(4);

    for (int size = 0; size <= whole.size(); size++) {
      CachedHistory known = new CachedHistory(1, whole.subList(0, size));
      InstanceWorkItem item = claimHaving(all(known), at(size * 30));
      assertThat(item.history()).as("of %d cached", size).isEqualTo(whole);
    }
  }

  @Test
  void whatCameSinceIsReadAfterEachCommit() {
    createRunning(ORDER, at(0));
    CachedHistory known = new CachedHistory(1, history(ORDER));
    for (int i = 1; i <= 5; i++) {
      raise(ORDER, "m" + i, at(i));
      InstanceWorkItem item = claimHaving(all(known), at(i));
      assertThat(item.history()).isEqualTo(history(ORDER));
      write(EpisodeDraft.of(item, at(i)));
      if (i % 2 == 0) {
        known = new CachedHistory(1, history(ORDER));
      }
    }
  }

  @Test
  void aHistoryOfAnotherExecutionIsNotMixedIn() {
    createWithHistory(at(0));
    List<HistoryEvent> whole = history(ORDER);

    assertThat(claimHaving(all(new CachedHistory(2, whole.subList(0, 2))), at(0)).history())
        .isEqualTo(whole);
    assertThat(claimHaving(all(new CachedHistory(7, whole)), at(30)).history()).isEqualTo(whole);
  }

  @Test
  void aHistoryThatIsLongerThanTheStoredOneIsNotBelieved() {
    createWithHistory(at(0));
    List<HistoryEvent> whole = history(ORDER);
    List<HistoryEvent> longer = new ArrayList<>(whole);
    longer.add(Histories.taskCompleted(9, null));

    assertThat(claimHaving(all(new CachedHistory(1, longer)), at(0)).history()).isEqualTo(whole);
  }

  @Test
  void nothingOfAnExecutionBeforeContinueAsNewComesBack() {
    createWithHistory(at(0));
    CachedHistory known = new CachedHistory(1, history(ORDER));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).continuesAsNew("e2", null));

    InstanceWorkItem second = claimHaving(all(known), at(1));
    assertThat(second.execution().number()).isEqualTo(2);
    assertThat(second.history()).isEmpty();
    write(EpisodeDraft.of(second, at(1)));
    raise(ORDER, "m2", at(2));
    assertThat(claimHaving(all(known), at(2)).history()).hasSize(2).isEqualTo(history(ORDER));
  }

  @Test
  void nothingOfALifeThatWasReplacedComesBack() {
    createWithHistory(at(0));
    CachedHistory known = new CachedHistory(1, history(ORDER));
    open().create(instance(ORDER, at(1)), StartPolicy.TERMINATE_AND_REPLACE);

    InstanceWorkItem item = claimHaving(all(known), at(1));
    assertThat(item.history()).isEmpty();
    assertThat(item.execution().number()).isGreaterThan(1);
  }

  @Test
  void aRewoundHistoryGoesOnWhereItFailed() {
    create(ORDER, at(0));
    InstanceWorkItem first = claimOne(at(0));
    CachedHistory early = new CachedHistory(1, List.of(Histories.episodeStarted(at(0))));
    write(EpisodeDraft.of(first, at(0)).fails(Histories.failure("no")));
    CachedHistory known = new CachedHistory(1, history(ORDER));
    open().rewind(ORDER, new ExecutionRewound("again"), at(1));

    assertThat(claimHaving(all(known), at(1)).history()).isEqualTo(known.events());
    InstanceWorkItem again = claimHaving(all(early), at(31));
    assertThat(again.history()).isEqualTo(known.events());
    write(EpisodeDraft.of(again, at(31)).runsAgain());
    raise(ORDER, "m1", at(32));
    assertThat(claimHaving(all(known), at(32)).history()).isEqualTo(history(ORDER));
  }

  @Test
  void theEndFromOutsideIsTheLastEventOfWhatWasCached() {
    InstanceRef ended = createWithHistory(at(0));
    CachedHistory known = new CachedHistory(1, history(ORDER));
    open().terminateNow(ORDER, new ExecutionTerminated("enough", false), at(1));
    List<HistoryEvent> whole = history(ORDER);
    assertThat(whole).hasSize(known.events().size() + 1);
    create("sender", at(2));
    Message late = new Message(ended, "late", Message.ANY_EXECUTION, event("late"), at(2), 0);
    write(EpisodeDraft.of(claimOne(at(2)), at(2)).sends(late));

    assertThat(claimHaving(all(known), at(3)).history()).isEqualTo(whole);
  }

  @Test
  void ofSeveralInstancesEachGetsItsOwn() {
    Map<Long, CachedHistory> known = new HashMap<>();
    for (int i = 0; i < 12; i++) {
      String id = "order-" + i;
      InstanceRef ref = createRunning(id, at(i));
      for (int more = 0; more < i % 4; more++) {
        raise(id, "m" + more, at(i));
        write(EpisodeDraft.of(claimOne(at(i)), at(i)));
      }
      List<HistoryEvent> whole = history(id);
      if (i % 3 != 0) {
        known.put(
            ref.key(), new CachedHistory(1, whole.subList(0, Math.max(0, whole.size() - i % 5))));
      }
    }
    for (int i = 0; i < 12; i++) {
      raise("order-" + i, "last", at(100));
    }

    List<InstanceWorkItem> items =
        open()
            .claimInstances(InstanceClaim.any(request("node-a", at(100), 100)).having(known::get));
    assertThat(items).hasSize(12);
    for (InstanceWorkItem item : items) {
      assertThat(item.history()).isEqualTo(history(item.lease().instance().id()));
    }
  }

  @Test
  void whatWasCachedIsNotChanged() {
    createWithHistory(at(0));
    List<HistoryEvent> two = List.copyOf(history(ORDER).subList(0, 2));
    CachedHistory known = new CachedHistory(1, two);
    claimHaving(all(known), at(0));

    assertThat(known.events()).hasSize(2);
  }
}
