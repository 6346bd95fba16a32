package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.EntityStatus;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.EntityWork;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Messages to entities. */
abstract class EntityInboxCases extends EntityWords {

  @Test
  void theFirstMessageCreatesTheEntity() {
    assertThat(exists(A)).isFalse();

    send(signal(A, "s1", at(1)), at(1));

    assertThat(entity(A))
        .isEqualTo(
            new EntityStatus(EntityDelivery.entity(A), null, false, at(1), at(1), 1, null, null));
    InstanceWorkItem item = claimOne(at(1));
    assertThat(item.execution()).isEqualTo(ExecutionSnapshot.entity(A));
    assertThat(item.entity()).isEqualTo(new EntityWork(null, null, Set.of()));
    assertThat(item.history()).isEmpty();
    assertThat(item.attempt()).isOne();
    assertThat(events(item)).containsExactly(signal(A, "s1", at(1)).event());
  }

  @Test
  void furtherMessagesGoToTheSameEntity() {
    InstanceRef first = createEntity(A, "1", at(0));

    send(signal(A, "s1", at(1)), at(1));
    send(signal(A, "s2", at(1)), at(1));

    InstanceWorkItem item = claimOne(at(1));
    assertThat(item.lease().instance()).isEqualTo(first);
    assertThat(item.entity()).isEqualTo(new EntityWork("1", null, Set.of()));
    assertThat(messageIds(item)).containsExactly("s1", "s2");
    assertThat(entity(A).createdAt()).isEqualTo(at(0));
    assertThat(entity(A).waitingOperations()).isEqualTo(2);
  }

  @Test
  void aMessageThatIsSentTwiceLiesInTheInboxOnce() {
    send(signal(A, "s1", at(1)), at(1));
    send(signal(A, "s1", at(2)), at(2));

    assertThat(messageIds(claimOne(at(2)))).containsExactly("s1");
  }

  @Test
  void anIdThatIsRememberedIsNotTakenInAgain() {
    for (int i = 1; i <= 2; i++) {
      open().sendToEntity(signal(A, "s1", at(i)), at(i), true);
      open().sendToEntity(signal(B, "other", at(i)), at(i), true);
    }
    write(EntityDraft.of(claimOnly(A, at(2)), at(2)));

    open().sendToEntity(signal(A, "s1", at(3)), at(3), true);
    open().sendToEntity(signal(A, "s2", at(3)), at(3), true);
    open().sendToEntity(signal(B, "s1", at(3)), at(3), true);

    assertThat(messageIds(claimOnly(A, at(3)))).containsExactly("s2");
    assertThat(messageIds(claimOnly(B, at(3)))).containsExactly("other", "s1");
  }

  @Test
  void anIdThatIsNotRememberedIsTakenInAgain() {
    createEntity(A, null, at(0));

    send(signal(A, "first", at(1)), at(1));

    assertThat(messageIds(claimOne(at(1)))).containsExactly("first");
  }

  @Test
  void aMessageForLaterWaits() {
    send(signal(A, "later", at(10)), at(1));

    assertThat(claim(at(9))).isEmpty();
    assertThat(entity(A).createdAt()).isEqualTo(at(1));
    assertThat(messageIds(claimOne(at(10)))).containsExactly("later");
  }

  @Test
  void anOrchestrationSendsInItsOrder() {
    create(ORDER, at(0));
    EpisodeDraft draft = EpisodeDraft.of(claimOne(at(0)), at(1));
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String id = "s" + (i * 7919 % 300);
      sent.add(id);
      draft.sends(signal(A, id, at(1))).sends(signal(B, id, at(1)));
    }
    write(draft);

    assertThat(messageIds(claimOnly(A, at(1)))).isEqualTo(sent);
    assertThat(messageIds(claimOnly(B, at(1)))).isEqualTo(sent);
  }

  @Test
  void anEntitySendsInItsOrderAlsoToItself() {
    createEntity(B, "1", at(0));
    send(signal(A, "s1", at(1)), at(1));
    EntityDraft draft = EntityDraft.of(claimOne(at(1)), at(1));
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sent.add("s" + (i * 7 % 50 + 100));
      draft.sends(signal(A, sent.get(i), at(1))).sends(signal(B, sent.get(i), at(1)));
    }
    write(draft);

    assertThat(messageIds(claimOnly(A, at(1)))).isEqualTo(sent);
    assertThat(messageIds(claimOnly(B, at(1)))).isEqualTo(sent);
  }

  @Test
  void theMessagesOfSeveralCommitsArriveInTheOrderOfTheCommits() {
    createRunning(ORDER, at(0));
    List<String> sent = new ArrayList<>();
    for (int round = 1; round <= 5; round++) {
      raise(ORDER, "e" + round, at(round));
      EpisodeDraft draft = EpisodeDraft.of(claimOnly(ORDER, at(round)), at(6 - round));
      for (int i = 2; i > 0; i--) {
        sent.add("s" + round + "-" + i);
        draft.sends(signal(A, "s" + round + "-" + i, at(6 - round)));
      }
      write(draft);
    }

    assertThat(messageIds(claimOnly(A, at(6)))).isEqualTo(sent);
  }

  @Test
  void aCommitThatIsFencedOffCreatesNoEntity() {
    create(ORDER, at(0));
    InstanceWorkItem old = claimOne(at(0));
    claimOne(at(100));

    assertThat(commit(EpisodeDraft.of(old, at(1)).sends(signal(A, "s1", at(1))).commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertThat(exists(A)).isFalse();
  }

  @Test
  void commitsOfOneCallShareTheEntityThatTheyCreate() {
    create("order-1", at(0));
    create("order-2", at(0));
    List<InstanceWorkItem> items = claim(at(0));

    assertThat(
            open()
                .commit(
                    items.stream()
                        .map(
                            item ->
                                EpisodeDraft.of(item, at(1))
                                    .sends(signal(A, item.lease().instance().id(), at(1)))
                                    .commit())
                        .toList()))
        .containsOnly(CommitOutcome.COMMITTED);
    assertThat(messageIds(claimOne(at(1)))).containsExactlyInAnyOrder("order-1", "order-2");
  }

  @Test
  void nodesThatMeetAnEntityForTheFirstTimeAtTheSameMomentCreateOne() throws Exception {
    for (int i = 0; i < NODES; i++) {
      create("order-" + i, at(0));
    }
    List<InstanceWorkItem> items = claim(at(0));
    for (int round = 0; round < 5; round++) {
      String id = "@counter@" + round;
      atOnce(
          number ->
              trying(
                  () -> {
                    open().sendToEntity(signal(id, "s" + number, at(1)), at(1), false);
                    return true;
                  }));
      assertThat(entity(id).waitingOperations()).isEqualTo(NODES);
    }

    List<CommitOutcome> outcomes =
        atOnce(
            number ->
                trying(
                    () ->
                        commit(
                            EpisodeDraft.of(items.get(number), at(1))
                                .sends(signal(number % 2 == 0 ? A : B, "s" + number, at(1)))
                                .sends(signal(number % 2 == 0 ? B : A, "s" + number, at(1)))
                                .commit())));

    assertThat(outcomes).containsOnly(CommitOutcome.COMMITTED);
    assertThat(entity(A).waitingOperations()).isEqualTo(NODES);
    assertThat(entity(B).waitingOperations()).isEqualTo(NODES);
  }
}
