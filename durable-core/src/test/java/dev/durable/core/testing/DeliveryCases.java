package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent.EventDelivered;
import dev.durable.core.history.HistoryEvent.EventNotDelivered;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.EventDelivery;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events from one orchestration to another. */
abstract class DeliveryCases extends SeveralNodes {

  private InstanceRef sender = new InstanceRef("", 0);

  /** The sender's episode, over whatever has come. */
  private EpisodeDraft episode(Instant at) {
    create("sender", at);
    InstanceWorkItem item = claimOne(at);
    sender = item.lease().instance();
    return EpisodeDraft.of(item, at);
  }

  private EventDelivery to(String target, int taskId) {
    return new EventDelivery(target, event("e" + taskId), new ParentTask(sender, 1, taskId));
  }

  private InstanceWorkItem claimed(String id, Instant at) {
    return claim(at).stream()
        .filter(item -> item.lease().instance().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anEventLiesInTheInboxOfItsTargetAndItsSenderIsTold() {
    InstanceRef target = createRunning(ORDER, at(0));
    EpisodeDraft episode = episode(at(1));
    write(episode.delivers(to(ORDER, 3)));

    List<InstanceWorkItem> told = claim(at(1));
    assertThat(ids(told)).containsExactlyInAnyOrder(ORDER, "sender");
    for (InstanceWorkItem item : told) {
      if (item.lease().instance().equals(target)) {
        assertThat(inbox(item))
            .containsExactly(
                new Message(target, "e3", Message.ANY_EXECUTION, event("e3"), at(1), 0));
      } else {
        assertThat(inbox(item))
            .containsExactly(Message.answer(sender, 1, new EventDelivered(3), at(1)));
      }
    }
  }

  @Test
  void whereThereIsNoTargetItsSenderIsToldSo() {
    EpisodeDraft episode = episode(at(1));
    write(episode.delivers(to("nobody", 3)).delivers(to("\ud83d\ude80 no id \u0000", 4)));

    assertThat(events(claimOne(at(1))))
        .containsExactlyInAnyOrder(
            new EventNotDelivered(3, Failures.eventNotDelivered("go", "nobody")),
            new EventNotDelivered(
                4, Failures.eventNotDelivered("go", "\ud83d\ude80 no id \u0000")));
  }

  @Test
  void aFinishedTargetTakesNoEvents() {
    createCompleted(ORDER, at(0));
    EpisodeDraft episode = episode(at(1));
    write(episode.delivers(to(ORDER, 3)));

    assertThat(events(claimOne(at(1))))
        .containsExactly(new EventNotDelivered(3, Failures.eventNotDelivered("go", ORDER)));
    assertThat(claim(at(1))).isEmpty();
  }

  @Test
  void aSenderThatDoesNotWaitIsNotTold() {
    createRunning(ORDER, at(0));
    EpisodeDraft episode = episode(at(1));
    write(
        episode
            .delivers(to(ORDER, 3).unanswered())
            .delivers(to("nobody", 4).unanswered())
            .completes("1"));

    assertThat(ids(claim(at(100)))).containsExactly(ORDER);
  }

  @Test
  void eventsToOneTargetKeepTheirOrder() {
    createRunning(ORDER, at(0));
    EpisodeDraft episode = episode(at(1));
    for (int i = 9; i > 0; i--) {
      episode.delivers(to(ORDER, i));
    }
    write(episode);

    assertThat(messageIds(claimed(ORDER, at(1))))
        .containsExactly("e9", "e8", "e7", "e6", "e5", "e4", "e3", "e2", "e1");
  }

  @Test
  void anEventThatLiesThereAlreadyIsNotDeliveredAgainButItsSenderIsTold() {
    createRunning(ORDER, at(0));
    raise(ORDER, "e3", at(0));
    EpisodeDraft episode = EpisodeDraft.of(claimed(ORDER, at(0)), at(0));
    create("sender", at(1));
    InstanceWorkItem item = claimOne(at(1));
    sender = item.lease().instance();
    write(EpisodeDraft.of(item, at(1)).delivers(to(ORDER, 3)));

    assertThat(events(claimed("sender", at(1)))).containsExactly(new EventDelivered(3));
    assertThat(commit(episode.commit())).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(claim(at(1))).isEmpty();
  }

  @Test
  void anInstanceMaySendAnEventToItself() {
    EpisodeDraft episode = episode(at(1));
    write(episode.delivers(to("sender", 3)));

    assertThat(events(claimOne(at(1))))
        .containsExactlyInAnyOrder(event("e3"), new EventDelivered(3));
  }

  @Test
  void aChildThatIsCalledInTheSameEpisodeTakesEvents() {
    EpisodeDraft episode = episode(at(1));
    write(episode.creates(0, "child", null).delivers(to("child", 3)));

    assertThat(messageIds(claimed("child", at(1)))).containsExactly(Message.startId(1), "e3");
  }

  @Test
  void aCommitThatIsFencedOffDeliversNothing() {
    createRunning(ORDER, at(0));
    EpisodeDraft late = episode(at(1)).delivers(to(ORDER, 3));
    claimOne(at(40));

    assertThat(commit(late.commit())).isEqualTo(CommitOutcome.FENCED);
    assertThat(ids(claim(at(41)))).isEmpty();
  }

  @Test
  void instancesThatSendToEachOtherInCommitsAtOnceAllReceive() throws Exception {
    for (int i = 0; i < NODES; i++) {
      create("order-" + i, at(0));
    }
    List<InstanceWorkItem> items = claim(at(0));

    List<CommitOutcome> outcomes =
        atOnce(
            number -> {
              InstanceWorkItem item = items.get(number);
              EpisodeDraft draft = EpisodeDraft.of(item, at(1));
              for (int i = 0; i < NODES; i++) {
                InstanceRef from = item.lease().instance();
                draft.delivers(
                    new EventDelivery(
                        "order-" + i, event(number + "-" + i), new ParentTask(from, 1, i)));
              }
              return trying(() -> commit(draft.commit()));
            });

    assertThat(outcomes).containsOnly(CommitOutcome.COMMITTED);
    assertThat(claim(at(1))).hasSize(NODES).allMatch(item -> item.inbox().size() == 2 * NODES);
  }
}
