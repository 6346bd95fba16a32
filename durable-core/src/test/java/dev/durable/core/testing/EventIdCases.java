package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.ActionOutcome;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events whose senders gave them ids are taken in once. */
abstract class EventIdCases extends SeveralNodes {

  private void once(String id, Instant at) {
    assertThat(open().send(ORDER, id, event(id), at, true)).isEqualTo(new SendOutcome.Accepted());
  }

  private void beginAnew(Instant at) {
    raise(ORDER, "again-" + at, at);
    write(EpisodeDraft.of(claimOne(at), at).continuesAsNew("next", null));
    write(EpisodeDraft.of(claimOne(at), at));
  }

  @Test
  void anEventIsNotTakenInAgainAfterItHasLeftTheInbox() {
    createRunning(ORDER, at(0));
    once("e1", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)));

    once("e1", at(2));

    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void anEventIsNotTakenInAgainWhileItLiesInTheInbox() {
    createRunning(ORDER, at(0));
    once("e1", at(1));
    once("e1", at(2));

    assertThat(messageIds(claimOne(at(3)))).containsExactly("e1");
  }

  @Test
  void anEventWithoutAnIdOfItsSenderIsNotRemembered() {
    createRunning(ORDER, at(0));
    raise(ORDER, "e1", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)));

    once("e1", at(2));

    assertThat(messageIds(claimOne(at(2)))).containsExactly("e1");
  }

  @Test
  void anIdIsRememberedOverContinueAsNew() {
    createRunning(ORDER, at(0));
    once("e1", at(1));
    beginAnew(at(2));

    once("e1", at(3));

    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void anIdThatIsOlderThanTheRetentionIsForgottenAtContinueAsNewAndNotBefore() {
    createRunning(ORDER, at(0));
    once("e1", at(1));
    once("e2", at(2));
    write(EpisodeDraft.of(claimOne(at(2)), at(2)));
    Instant late = at(2).plus(TaskHubStore.EVENT_ID_RETENTION);
    once("e1", late);
    assertThat(claim(late)).isEmpty();

    beginAnew(late);

    once("e1", late);
    once("e2", late);
    assertThat(messageIds(claimOne(late))).containsExactly("e1");
  }

  @Test
  void aNewLifeOfTheIdKnowsNoEvents() {
    createRunning(ORDER, at(0));
    once("e1", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)).completes(null));
    create(ORDER, at(2));

    once("e1", at(3));

    assertThat(messageIds(claimOne(at(3)))).containsExactly(Message.startId(2), "e1");
  }

  @Test
  void theSameIdMayGoToTwoInstances() {
    createRunning(ORDER, at(0));
    createRunning("other", at(0));
    once("e1", at(1));
    open().send("other", "e1", event("e1"), at(1), true);

    assertThat(ids(claim(at(1)))).containsExactlyInAnyOrder(ORDER, "other");
  }

  @Test
  void anEventToNobodyOrToAFinishedInstanceIsRefusedAsEver() {
    createCompleted(ORDER, at(0));

    assertThat(open().send(ORDER, "e1", event("e1"), at(1), true))
        .isEqualTo(new SendOutcome.Finished(RuntimeStatus.COMPLETED));
    assertThat(open().send("nobody", "e1", event("e1"), at(1), true))
        .isEqualTo(new SendOutcome.NotFound());
  }

  @Test
  void anEventThatSeveralSendAtOnceIsTakenInOnce() throws Exception {
    createRunning(ORDER, at(0));
    List<List<String>> taken =
        atOnce(
            number -> {
              List<String> mine = new ArrayList<>();
              for (int i = 0; i < 5; i++) {
                String id = "e" + i;
                trying(() -> open().send(ORDER, id, event(id), at(1), true));
                for (InstanceWorkItem item : trying(() -> claim(at(1)))) {
                  if (trying(() -> commit(EpisodeDraft.of(item, at(1)).commit()))
                      == CommitOutcome.COMMITTED) {
                    mine.addAll(messageIds(item));
                  }
                }
              }
              return mine;
            });
    List<String> all = new ArrayList<>(taken.stream().flatMap(List::stream).toList());
    claim(at(100)).forEach(item -> all.addAll(messageIds(item)));

    assertThat(all).containsExactlyInAnyOrder("e0", "e1", "e2", "e3", "e4");
  }

  @Test
  void anEventThatAFailedInstanceHasNotReadIsTakenInAfterTheRewind() {
    createRunning(ORDER, at(0));
    once("e1", at(1));
    InstanceWorkItem item = claimOne(at(1));
    once("e2", at(2));
    write(EpisodeDraft.of(item, at(2)).fails(Failures.terminated("pretended")));
    assertThat(open().rewind(ORDER, new ExecutionRewound(null), at(3)))
        .isEqualTo(new ActionOutcome.Done());

    once("e1", at(4));
    once("e2", at(5));

    assertThat(messageIds(claimOne(at(6)))).containsExactly("rewind:1", "e2");
  }
}
