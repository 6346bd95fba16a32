package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.StartPolicy;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Findings;
import dev.durable.core.store.Findings.Orphan;
import dev.durable.core.store.Findings.Overdue;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What does not go on by itself, and what nobody holds any more. */
abstract class WatchCases extends EntityWords {

  private static final Findings NOTHING = new Findings(List.of(), List.of());

  private Findings inspect(Instant overdueSince, Instant now) {
    return open().inspect(overdueSince, now, 100);
  }

  // ---- overdue

  @Test
  void nothingIsFoundInAnEmptyHub() {
    assertThat(inspect(at(0), at(0))).isEqualTo(NOTHING);
  }

  @Test
  void workThatWaitsForLongIsToldTheOldestFirst() {
    create("b", at(20));
    create("a", at(10));
    raise("a", "m1", at(15));
    send(signal(A, "s1", at(5)), at(5));

    assertThat(inspect(at(19), at(60)).overdue())
        .containsExactly(
            new Overdue(A, "counter", false, at(5)), new Overdue("a", "fulfil", false, at(10)));
    assertThat(inspect(at(20), at(60)).overdue()).hasSize(3);
    assertThat(open().inspect(at(20), at(60), 1).overdue())
        .containsExactly(new Overdue(A, "counter", false, at(5)));
  }

  @Test
  void activitiesAreToldAmongThem() {
    create("z", at(0));
    write(
        EpisodeDraft.of(claimOne(at(0)), at(0))
            .schedules(0, "charge", null, at(5))
            .schedules(1, "ship", null, at(50)));
    create("a", at(6));

    assertThat(inspect(at(10), at(60)).overdue())
        .containsExactly(
            new Overdue("z", "charge", true, at(5)), new Overdue("a", "fulfil", false, at(6)));
  }

  @Test
  void whatIsLeasedOrMayNotBeClaimedYetIsNotOverdue() {
    create("leased", at(0));
    claimOne(at(0));
    assertThat(inspect(at(10), at(20)).overdue()).isEmpty();

    create("given-back", at(0));
    open().release(List.of(claimOne(at(1)).lease()), at(25));
    assertThat(inspect(at(10), at(24)).overdue()).isEmpty();
  }

  @Test
  void workIsOverdueSinceItCouldHaveBeenClaimedAgain() {
    create(ORDER, at(0));
    claimOne(at(0));

    assertThat(inspect(at(29), at(60)).overdue()).isEmpty();
    assertThat(inspect(at(30), at(60)).overdue())
        .containsExactly(new Overdue(ORDER, "fulfil", false, at(30)));
  }

  @Test
  void aHeldActivityIsNotOverdue() {
    createCharging(ORDER, at(0));
    raise(ORDER, "suspend", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)).suspends());

    assertThat(inspect(at(50), at(60)).overdue()).isEmpty();
  }

  // ---- orphans

  private void createChild() {
    create("parent", at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).creates(0, "child", null));
    write(EpisodeDraft.of(claimOnly("child", at(0)), at(0)));
  }

  private static Orphan orphan() {
    return new Orphan("child", "parent");
  }

  @Test
  void aChildWhoseParentGoesOnIsNoOrphan() {
    createChild();

    assertThat(inspect(at(0), at(60)).orphans()).isEmpty();
  }

  @Test
  void aChildWhoseParentHasFinishedIsAnOrphanUntilItFinishes() {
    createChild();
    raise("parent", "m1", at(1));
    write(EpisodeDraft.of(claimOnly("parent", at(1)), at(1)).completes(null));
    assertThat(inspect(at(0), at(60)).orphans()).containsExactly(orphan());

    raise("child", "m1", at(2));
    write(EpisodeDraft.of(claimOnly("child", at(2)), at(2)).completes(null));
    assertThat(inspect(at(0), at(60)).orphans()).isEmpty();
  }

  @Test
  void aChildWhoseParentIsPurgedIsAnOrphan() {
    createChild();
    raise("parent", "m1", at(1));
    write(EpisodeDraft.of(claimOnly("parent", at(1)), at(1)).completes(null));
    open().purge("parent");

    assertThat(inspect(at(0), at(60)).orphans()).containsExactly(orphan());
  }

  @Test
  void aChildWhoseParentIsInAnotherExecutionIsAnOrphan() {
    createChild();
    raise("parent", "m1", at(1));
    write(EpisodeDraft.of(claimOnly("parent", at(1)), at(1)).continuesAsNew("e2", null));

    assertThat(inspect(at(0), at(60)).orphans()).containsExactly(orphan());
  }

  @Test
  void noMoreOrphansAreToldThanAskedFor() {
    create("parent", at(0));
    EpisodeDraft draft = EpisodeDraft.of(claimOne(at(0)), at(0));
    for (int i = 0; i < 5; i++) {
      draft.creates(i, "child-" + i, null);
    }
    write(draft.completes(null));

    assertThat(open().inspect(at(0), at(60), 3).orphans()).hasSize(3);
    assertThat(inspect(at(0), at(60)).orphans()).hasSize(5);
  }

  @Test
  void whoNobodyHasCalledIsNoOrphan() {
    createRunning(ORDER, at(0));
    open().create(instance("other", at(0)), StartPolicy.REJECT);

    assertThat(inspect(at(-1), at(60)).orphans()).isEmpty();
  }

  // ---- what nobody holds

  private List<InstanceWorkItem> claimAs(String node, Instant now, int max) {
    return open().claimInstances(InstanceClaim.any(request(node, now, max)));
  }

  private List<ActivityWorkItem> claimTasksAs(String node, Instant now, int max) {
    return open().claimActivities(ActivityClaim.any(request(node, now, max)));
  }

  /** Claims by a node that lives and by one that does not, of each kind of work. */
  private void claimByBoth() {
    create("caller", at(0));
    write(
        EpisodeDraft.of(claimOne(at(0)), at(0))
            .schedules(0, "charge", null, at(0))
            .schedules(1, "ship", null, at(1)));
    create("a", at(1));
    create("b", at(2));
    send(signal(A, "s1", at(3)), at(3));
    send(signal(B, "s2", at(4)), at(4));
    open().heartbeat(NodeCases.node("live", at(10)));
    assertThat(ids(claimAs("live", at(10), 1))).containsExactly("a");
    assertThat(ids(claimAs("gone", at(10), 2))).containsExactly("b", A);
    assertThat(ids(claimAs("live", at(10), 1))).containsExactly(B);
    assertThat(names(claimTasksAs("live", at(10), 1))).containsExactly("charge");
    assertThat(names(claimTasksAs("gone", at(10), 1))).containsExactly("ship");
  }

  @Test
  void leasesOfNodesThatAreNotThereAreGivenBackAndNoOthers() {
    claimByBoth();

    assertThat(open().releaseAbandoned(at(11), 100)).isEqualTo(3);
    assertThat(ids(claimAs("next", at(11), 100))).containsExactly("b", A);
    assertThat(names(claimTasksAs("next", at(11), 100))).containsExactly("ship");
    open().heartbeat(NodeCases.node("next", at(11)));
    assertThat(open().releaseAbandoned(at(12), 100)).isZero();
  }

  @Test
  void aLostNodeKeepsItsLeasesUntilTheyRunOut() {
    open().heartbeat(NodeCases.node("lost", at(0)));
    create(ORDER, at(0));
    claimAs("lost", at(20), 1);

    assertThat(open().releaseAbandoned(at(49), 100)).isZero();
    assertThat(claimAs("next", at(49), 1)).isEmpty();
    open().leave("lost");
    assertThat(open().releaseAbandoned(at(49), 100)).isEqualTo(1);
    assertThat(claimAs("next", at(49), 1)).hasSize(1);
  }

  @Test
  void whatIsGivenBackSoStaysCountedAsAnAttempt() {
    create(ORDER, at(0));
    claimAs("gone", at(0), 1);
    open().releaseAbandoned(at(1), 100);

    assertThat(claimOne(at(1)).attempt()).isEqualTo(2);
  }

  @Test
  void whatRunsOutAnywayIsNotTouched() {
    createCharging(ORDER, at(0));
    claimTasksAs("gone", at(0), 1);
    create("a", at(0));
    claimAs("gone", at(0), 1);

    assertThat(open().releaseAbandoned(at(30), 100)).isZero();
  }

  @Test
  void workThatWasGivenBackForAWhileIsNobodysAndStaysSo() {
    create(ORDER, at(0));
    open().release(List.of(claimOne(at(0)).lease()), at(100));

    assertThat(open().releaseAbandoned(at(1), 100)).isZero();
    assertThat(claim(at(99))).isEmpty();
  }

  @Test
  void theMostThatIsGivenBackCountsForInstancesAndActivitiesApart() {
    create("caller", at(0));
    write(
        EpisodeDraft.of(claimOne(at(0)), at(0))
            .schedules(0, "charge", null, at(0))
            .schedules(1, "ship", null, at(0)));
    create("a", at(0));
    create("b", at(0));
    claimAs("gone", at(0), 9);
    claimTasksAs("gone", at(0), 9);

    assertThat(open().releaseAbandoned(at(1), 1)).isEqualTo(2);
    assertThat(open().releaseAbandoned(at(1), 1)).isEqualTo(2);
    assertThat(open().releaseAbandoned(at(1), 1)).isZero();
  }

  @Test
  void aNodeThatDoesLiveIsFencedOffByWhoeverClaimsNext() {
    create("a", at(0));
    create("b", at(1));
    List<InstanceWorkItem> items = claimAs("frozen", at(1), 2);
    open().releaseAbandoned(at(2), 100);
    claimAs("next", at(2), 1);

    assertThat(commit(EpisodeDraft.of(items.get(0), at(3)).commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertThat(commit(EpisodeDraft.of(items.get(1), at(3)).commit()))
        .isEqualTo(CommitOutcome.COMMITTED);
  }
}
