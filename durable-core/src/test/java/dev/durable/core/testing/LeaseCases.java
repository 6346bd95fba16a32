package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Renewing leases and giving them back. */
abstract class LeaseCases extends StoreCases {

  /** An instance and an activity that it has called, both claimed. */
  private record Work(InstanceWorkItem instance, ActivityWorkItem task) {

    List<Lease> leases() {
      return List.of(instance.lease(), task.lease());
    }
  }

  private Work claimedWork() {
    createCharging(ORDER, at(0));
    raise(ORDER, "m1", at(0));
    return new Work(claimOne(at(0)), claimTask(at(0)));
  }

  @Test
  void renewingExtendsLeasesOfBothKinds() {
    Work work = claimedWork();

    assertThat(open().renew(work.leases(), at(100))).isEmpty();
    assertThat(claim(at(99))).isEmpty();
    assertThat(claimTasks(at(99))).isEmpty();
    assertThat(claim(at(100))).hasSize(1);
    assertThat(claimTasks(at(100))).hasSize(1);
  }

  @Test
  void renewingRaisesNoVersionSoTheWorkCanBeCommittedAfterIt() {
    Work work = claimedWork();
    open().renew(work.leases(), at(100));
    open().renew(work.leases(), at(200));

    assertThat(
            open()
                .commit(
                    List.of(
                        EpisodeDraft.of(work.instance(), at(50)).commit(),
                        completing(work.task(), "1", at(50)))))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.COMMITTED);
  }

  @Test
  void leasesThatAreLostAreReportedAndTheOthersAreRenewed() {
    create("a", at(0));
    create("b", at(1));
    List<InstanceWorkItem> items = claim(at(1));
    InstanceWorkItem other =
        open().claimInstances(InstanceClaim.any(request("node-b", at(31), 1))).get(0);

    assertThat(other.lease().instance().id()).isEqualTo("a");
    assertThat(open().renew(items.stream().map(InstanceWorkItem::lease).toList(), at(100)))
        .isEqualTo(List.of(items.get(0).lease()));
    assertThat(claim(at(60))).isEmpty();
    assertThat(ids(claim(at(61)))).containsExactly("a");
  }

  @Test
  void leasesOfWorkThatIsCommittedAreLost() {
    Work work = claimedWork();
    write(EpisodeDraft.of(work.instance(), at(1)));
    commit(completing(work.task(), "1", at(1)));

    assertThat(open().renew(work.leases(), at(100))).isEqualTo(work.leases());
    assertThat(claim(at(2))).hasSize(1);
  }

  @Test
  void aLeaseThatRanOutButThatNobodyTookIsRenewed() {
    create(ORDER, at(0));
    InstanceWorkItem item = claimOne(at(0));

    assertThat(open().renew(List.of(item.lease()), at(100))).isEmpty();
    assertThat(claim(at(50))).isEmpty();
  }

  @Test
  void aLeaseThatWasGivenBackIsNotRenewed() {
    create(ORDER, at(0));
    InstanceWorkItem item = claimOne(at(0));
    open().release(List.of(item.lease()), at(1));

    assertThat(open().renew(List.of(item.lease()), at(100))).isEqualTo(List.of(item.lease()));
    assertThat(claim(at(1))).hasSize(1);
  }

  @Test
  void workThatIsGivenBackCanBeClaimedFromThatTimeOn() {
    Work work = claimedWork();
    open().release(work.leases(), at(10));

    assertThat(claim(at(9))).isEmpty();
    assertThat(claimTasks(at(9))).isEmpty();
    assertThat(claimOne(at(10)).attempt()).isEqualTo(2);
    assertThat(claimTask(at(10)).attempt()).isEqualTo(2);
  }

  @Test
  void aClaimOfWorkThatWasNotBegunIsNotCounted() {
    Work work = claimedWork();
    open().unclaim(work.leases(), at(10));

    assertThat(claim(at(9))).isEmpty();
    assertThat(claimTasks(at(9))).isEmpty();
    InstanceWorkItem instance = claimOne(at(10));
    ActivityWorkItem task = claimTask(at(10));
    assertThat(instance.attempt()).isEqualTo(work.instance().attempt());
    assertThat(task.attempt()).isEqualTo(work.task().attempt());
    assertThat(instance.lease().version()).isGreaterThan(work.instance().lease().version());
    assertThat(task.lease().version()).isGreaterThan(work.task().lease().version());
  }

  @Test
  void aClaimIsTakenBackOnceAtMostAndOnlyByItsOwner() {
    Work work = claimedWork();
    open().unclaim(work.leases(), at(1));
    open().unclaim(work.leases(), at(1));
    InstanceWorkItem instance = claimOne(at(1));
    ActivityWorkItem task = claimTask(at(1));
    open().unclaim(work.leases(), at(2));

    assertThat(instance.attempt()).isEqualTo(work.instance().attempt());
    assertThat(task.attempt()).isEqualTo(work.task().attempt());
    assertThat(claim(at(3))).isEmpty();
    assertThat(claimTasks(at(3))).isEmpty();
  }

  @Test
  void aNewMessageDoesNotShortenTheWaitOfWorkThatWasGivenBack() {
    create(ORDER, at(0));
    open().release(List.of(claimOne(at(0)).lease()), at(10));
    raise(ORDER, "m1", at(1));

    assertThat(claim(at(9))).isEmpty();
    assertThat(claimOne(at(10)).inbox()).hasSize(2);
  }

  @Test
  void givingBackWhatOthersHoldChangesNothing() {
    Work work = claimedWork();
    InstanceWorkItem takenInstance = claimOne(at(30));
    ActivityWorkItem takenTask = claimTask(at(30));
    open().release(work.leases(), at(31));

    assertThat(claim(at(40))).isEmpty();
    assertThat(claimTasks(at(40))).isEmpty();
    write(EpisodeDraft.of(takenInstance, at(41)));
    assertThat(commit(completing(takenTask, "1", at(41)))).isEqualTo(CommitOutcome.COMMITTED);
  }

  @Test
  void givingBackWhatIsCommittedChangesNothing() {
    Work work = claimedWork();
    write(EpisodeDraft.of(work.instance(), at(1)));
    commit(completing(work.task(), "1", at(1)));
    open().release(work.leases(), at(1000));

    assertThat(claim(at(2))).hasSize(1);
    assertThat(claimTasks(at(2000))).isEmpty();
  }

  @Test
  void whatIsDoneAfterGivingBackCountsIfNobodyHasClaimedItSince() {
    Work work = claimedWork();
    open().release(work.leases(), at(1));

    write(EpisodeDraft.of(work.instance(), at(1)));
    assertThat(commit(completing(work.task(), "1", at(1)))).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(events(claimOne(at(2)))).containsExactly(Histories.taskCompleted(0, "1"));
  }

  @Test
  void aCommitEndsTheWaitOfWorkThatWasGivenBack() {
    create(ORDER, at(0));
    InstanceWorkItem item = claimOne(at(0));
    open().release(List.of(item.lease()), at(1000));
    write(EpisodeDraft.of(item, at(1)));
    raise(ORDER, "m1", at(2));

    assertThat(claim(at(2))).hasSize(1);
  }

  @Test
  void noLeasesAreNoError() {
    assertThat(open().renew(List.of(), at(1))).isEmpty();
    open().release(List.of(), at(1));
    open().unclaim(List.of(), at(1));
  }
}
