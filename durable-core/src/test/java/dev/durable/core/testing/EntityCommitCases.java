package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent.EntityOperationCompleted;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Commits of batches of operations. */
abstract class EntityCommitCases extends EntityWords {

  @Test
  void aCommitStoresAllThatTheOperationsHaveDone() {
    ParentTask caller = new ParentTask(createRunning(ORDER, at(0)), 1, 3);
    send(call(A, "c1", caller, at(1)), at(1));

    write(
        EntityDraft.of(claimOne(at(1)), at(2))
            .state("{\"count\":1}")
            .answers(caller, "1")
            .sends(signal(B, "s1", at(2)))
            .sends(signalForLater(B, "s2", at(9)))
            .starts(instance("started", at(2))));

    assertThat(entity(A).state()).isEqualTo("{\"count\":1}");
    assertThat(entity(A).hasState()).isTrue();
    assertThat(entity(A).lastModifiedAt()).isEqualTo(at(2));
    assertThat(entity(A).waitingOperations()).isZero();
    List<InstanceWorkItem> due = claim(at(2));
    assertThat(ids(due)).containsExactlyInAnyOrder(ORDER, B, "started");
    assertThat(due)
        .filteredOn(item -> item.lease().instance().id().equals(ORDER))
        .singleElement()
        .satisfies(
            item -> assertThat(events(item)).containsExactly(new EntityOperationCompleted(3, "1")));
    assertThat(due)
        .filteredOn(item -> item.lease().instance().id().equals(B))
        .singleElement()
        .satisfies(item -> assertThat(messageIds(item)).containsExactly("s1"));
    assertThat(entity(B).waitingOperations()).isEqualTo(2);
  }

  @Test
  void theNextBatchHasTheStateOfTheOneBefore() {
    createEntity(A, "1", at(0));
    send(signal(A, "s1", at(1)), at(1));
    write(EntityDraft.of(claimOne(at(1)), at(1)).state("2"));
    send(signal(A, "s2", at(2)), at(2));
    InstanceWorkItem item = claimOne(at(2));

    assertThat(Objects.requireNonNull(item.entity()).state()).isEqualTo("2");
    assertThat(item.attempt()).isOne();

    write(EntityDraft.of(item, at(2)).state(null));
    assertThat(entity(A).state()).isNull();
    assertThat(entity(A).hasState()).isFalse();
  }

  @Test
  void statesOfAnySizeAreKept() {
    String large = "\"" + "ä€x".repeat(100_000) + "\"";
    String other = "\"" + "y".repeat(50_000) + "\"";
    createEntity(A, large, at(0));
    assertThat(entity(A).state()).isEqualTo(large);

    int second = 1;
    for (String state : new String[] {large, other, "1", large, null, other, null, "2"}) {
      send(signal(A, "s" + second, at(second)), at(second));
      InstanceWorkItem item = claimOne(at(second));
      assertThat(Objects.requireNonNull(item.entity()).state()).isEqualTo(entity(A).state());
      write(EntityDraft.of(item, at(second)).state(state));
      assertThat(entity(A).state()).isEqualTo(state);
      assertThat(entity(A).hasState()).isEqualTo(state != null);
      second++;
    }
  }

  @Test
  void whatWasNotTakenInIsHandedOutAgain() {
    send(signal(A, "s1", at(1)), at(1));
    send(signal(A, "s2", at(1)), at(1));

    write(EntityDraft.of(claimOne(at(1)), at(1)).leaves("s2"));

    assertThat(messageIds(claimOne(at(1)))).containsExactly("s2");
  }

  @Test
  void nothingIsWrittenForALeaseThatIsLost() {
    createRunning(ORDER, at(0));
    createEntity(A, "1", at(0));
    send(signal(A, "s1", at(1)), at(1));
    InstanceWorkItem old = claimOne(at(1));
    claimOne(at(100));

    assertThat(
            commit(
                EntityDraft.of(old, at(2))
                    .state("2")
                    .sends(signal(B, "s1", at(2)))
                    .starts(instance("started", at(2)))
                    .commit()))
        .isEqualTo(CommitOutcome.FENCED);

    assertThat(entity(A).state()).isEqualTo("1");
    assertThat(entity(A).waitingOperations()).isOne();
    assertThat(exists(B)).isFalse();
    assertThat(open().status("started")).isEmpty();
  }

  @Test
  void ofTwoCommitsForOneLeaseTheFirstCounts() {
    send(signal(A, "s1", at(1)), at(1));
    InstanceWorkItem item = claimOne(at(1));

    assertThat(
            open()
                .commit(
                    List.of(
                        EntityDraft.of(item, at(1)).state("1").commit(),
                        EntityDraft.of(item, at(1)).state("2").commit())))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.FENCED);
    assertThat(entity(A).state()).isEqualTo("1");
  }

  @Test
  void aStartWhoseIdIsTakenIsPassedOver() {
    createCompleted("done", at(0));
    send(signal(A, "s1", at(1)), at(1));

    write(
        EntityDraft.of(claimOne(at(1)), at(1))
            .starts(instance("done", at(1)))
            .starts(instance("new", at(1)))
            .starts(instance("new", at(1)))
            .starts(instance("other", at(1))));

    assertThat(status("done").completedAt()).isEqualTo(at(0));
    assertThat(ids(claim(at(1)))).containsExactlyInAnyOrder("new", "other");
  }

  @Test
  void anAnswerToACallerThatIsGoneIsPassedOver() {
    createCompleted(ORDER, at(0));
    ParentTask gone = new ParentTask(createRunning("order-2", at(0)), 1, 1);
    open().purge(ORDER);
    open().terminateNow("order-2", new ExecutionTerminated("x"), at(1));
    open().purge("order-2");
    send(call(A, "c1", gone, at(1)), at(1));

    write(EntityDraft.of(claimOne(at(1)), at(1)).state("1").answers(gone, "1"));

    assertThat(claim(at(2))).isEmpty();
    assertThat(entity(A).state()).isEqualTo("1");
  }

  @Test
  void whatIsHeldBackIsAsGoodAsNotThere() {
    send(signal(A, "s1", at(1)), at(1));
    send(signal(A, "s2", at(1)), at(1));
    write(EntityDraft.of(claimOne(at(1)), at(1)).holdsBack("s1", "s2"));

    assertThat(claim(at(2))).isEmpty();
    assertThat(entity(A).waitingOperations()).isEqualTo(2);

    send(signal(A, "s3", at(3)), at(3));
    InstanceWorkItem item = claimOne(at(3));
    assertThat(messageIds(item)).containsExactly("s3");
    write(EntityDraft.of(item, at(3)).holdsBack("s3"));
    assertThat(claim(at(4))).isEmpty();
  }

  @Test
  void whatIsHeldBackComesBackInItsOrder() {
    for (String id : List.of("s1", "s2", "s3")) {
      send(signal(A, id, at(1)), at(1));
    }
    write(EntityDraft.of(claimOne(at(1)), at(1)).holdsBack("s1", "s2").leaves("s3"));
    send(signal(A, "s4", at(2)), at(2));

    write(EntityDraft.of(claimOne(at(2)), at(2)).leaves("s4").bringsBack());

    assertThat(messageIds(claimOne(at(2)))).containsExactly("s1", "s2", "s4");
  }

  @Test
  void whatIsHeldBackAndBroughtBackByOneCommitCounts() {
    send(signal(A, "s1", at(1)), at(1));
    send(signal(A, "s2", at(1)), at(1));

    write(EntityDraft.of(claimOne(at(1)), at(1)).holdsBack("s1").bringsBack());

    assertThat(messageIds(claimOne(at(1)))).containsExactly("s1");
  }

  @Test
  void aBlockedEntityRunsAgainWithItsNextBatch() {
    send(signal(A, "s1", at(1)), at(1));
    open()
        .block(claimOne(at(1)).lease(), Failures.of(new IllegalStateException("no code")), at(10));
    assertThat(Objects.requireNonNull(entity(A).failure()).message()).isEqualTo("no code");
    assertThat(claim(at(9))).isEmpty();
    assertThat(open().unblock(at(100), at(5))).isOne();

    write(EntityDraft.of(claimOne(at(5)), at(5)).state("1"));

    assertThat(entity(A).failure()).isNull();
    assertThat(entity(A).state()).isEqualTo("1");
  }

  @Test
  void entitiesThatSendToEachOtherAreCommittedTogether() {
    send(signal(A, "s1", at(1)), at(1));
    send(signal(B, "s1", at(1)), at(1));

    List<InstanceWorkItem> items = claim(at(1));
    assertThat(
            open()
                .commit(
                    items.stream()
                        .map(
                            item ->
                                EntityDraft.of(item, at(1))
                                    .state("\"" + item.lease().instance() + "\"")
                                    .sends(signal(A, "to-a-" + item.lease().instance(), at(1)))
                                    .sends(signal(B, "to-b-" + item.lease().instance(), at(1)))
                                    .commit())
                        .toList()))
        .containsOnly(CommitOutcome.COMMITTED);

    assertThat(entity(A).state()).isEqualTo("\"" + A + "\"");
    assertThat(entity(B).state()).isEqualTo("\"" + B + "\"");
    assertThat(messageIds(claimOnly(A, at(1)))).containsExactlyInAnyOrder("to-a-" + A, "to-a-" + B);
    assertThat(messageIds(claimOnly(B, at(1)))).containsExactlyInAnyOrder("to-b-" + A, "to-b-" + B);
  }
}
