package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent.EntityLockPassedOn;
import dev.durable.core.history.HistoryEvent.EntityUnlockRequested;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.Commit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Locks of entities: never two holders, and none that outlives its owner. */
abstract class EntityLockCases extends EntityWords {

  private static final ExecutionTerminated ENOUGH = new ExecutionTerminated("enough");

  /** A task of the first execution. */
  private static ParentTask task(InstanceRef instance) {
    return new ParentTask(instance, 1, 5);
  }

  private @Nullable ParentTask lockedBy(InstanceWorkItem item) {
    return Objects.requireNonNull(item.entity()).lockedBy();
  }

  @Test
  void aLockIsKeptUntilItIsReleased() {
    ParentTask owner = task(createRunning(ORDER, at(0)));
    lockEntity(A, owner, at(1));
    assertThat(entity(A).lockedBy()).isEqualTo(ORDER);

    send(signal(A, "s1", at(2)), at(2));
    InstanceWorkItem item = claimOne(at(2));
    assertThat(lockedBy(item)).isEqualTo(owner);
    write(EntityDraft.of(item, at(2)));
    send(signal(A, "s2", at(3)), at(3));
    item = claimOne(at(3));
    assertThat(lockedBy(item)).isEqualTo(owner);

    write(EntityDraft.of(item, at(3)).lockedBy(null));
    assertThat(entity(A).lockedBy()).isNull();
  }

  @Test
  void oneCommitReleasesALockAndTakesTheNext() {
    ParentTask first = task(createRunning("order-1", at(0)));
    ParentTask second = task(createRunning("order-2", at(0)));
    lockEntity(A, first, at(1));
    send(signal(A, "s1", at(2)), at(2));

    write(EntityDraft.of(claimOne(at(2)), at(2)).lockedBy(second));

    assertThat(entity(A).lockedBy()).isEqualTo("order-2");
    assertThat(commit(endOf("order-1", at(3)))).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(claim(at(3))).isEmpty();
  }

  private Commit endOf(String id, Instant at) {
    raise(id, "end", at);
    return EpisodeDraft.of(claimOnly(id, at), at).mayHoldLocks().completes(null).commit();
  }

  // ---- the ways in which an owner ends

  static Stream<Named<BiConsumer<EntityLockCases, Instant>>> ends() {
    return Stream.of(
        end("completes", (cases, at) -> cases.episode(at).completes(null)),
        end("fails", (cases, at) -> cases.episode(at).fails(Failures.terminated("x"))),
        end("is terminated", (cases, at) -> cases.episode(at).terminates(Failures.terminated("x"))),
        end("continues as new", (cases, at) -> cases.episode(at).continuesAsNew("e2", null)),
        end("runs again after a rewind", (cases, at) -> cases.episode(at).runsAgain()),
        Named.of(
            "is terminated without an episode",
            (cases, at) -> cases.open().terminateNow(ORDER, ENOUGH, at)),
        Named.of(
            "is replaced",
            (cases, at) ->
                cases.open().create(instance(ORDER, at), StartPolicy.TERMINATE_AND_REPLACE)));
  }

  private @Nullable EpisodeDraft draft;

  private EpisodeDraft episode(Instant at) {
    raise(ORDER, "end", at);
    draft = EpisodeDraft.of(claimOnly(ORDER, at), at).mayHoldLocks();
    return draft;
  }

  private static Named<BiConsumer<EntityLockCases, Instant>> end(
      String name, BiConsumer<EntityLockCases, Instant> says) {
    return Named.of(
        "owner " + name,
        (cases, at) -> {
          says.accept(cases, at);
          cases.write(Objects.requireNonNull(cases.draft));
        });
  }

  @ParameterizedTest
  @MethodSource("ends")
  void itsEntitiesAreUnlockedWhenAnOwnerEnds(BiConsumer<EntityLockCases, Instant> end) {
    InstanceRef order = createRunning(ORDER, at(0));
    ParentTask owner = task(order);
    ParentTask other = task(createRunning("other", at(0)));
    ParentTask later = new ParentTask(order, 1, 8);
    lockEntity(A, owner, at(1));
    lockEntity(B, later, at(1));
    lockEntity("@counter@c", other, at(1));

    end.accept(this, at(2));

    assertThat(events(claimOnly(A, at(2)))).containsExactly(new EntityUnlockRequested(owner));
    assertThat(events(claimOnly(B, at(2)))).containsExactly(new EntityUnlockRequested(later));
    assertThat(ids(claim(at(2)))).doesNotContain("@counter@c");
  }

  @ParameterizedTest
  @MethodSource("ends")
  void nothingIsLockedForAnOwnerThatHasEnded(BiConsumer<EntityLockCases, Instant> end) {
    ParentTask owner = task(createRunning(ORDER, at(0)));
    createEntity(A, "1", at(0));
    send(lock(A, owner, at(1)), at(1));
    InstanceWorkItem item = claimOnly(A, at(1));
    assertThat(Objects.requireNonNull(item.entity()).over()).isEmpty();

    end.accept(this, at(2));

    assertThat(commit(EntityDraft.of(item, at(3)).state("2").lockedBy(owner).commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertThat(entity(A).lockedBy()).isNull();
    assertThat(entity(A).state()).isEqualTo("1");
    assertThat(entity(A).waitingOperations()).isOne();
    assertThat(Objects.requireNonNull(claimOnly(A, at(100)).entity()).over())
        .containsExactly(owner);
  }

  @Test
  void nothingIsLockedForAnOwnerThatIsGone() {
    ParentTask owner = task(createRunning(ORDER, at(0)));
    send(lock(A, owner, at(1)), at(1));
    InstanceWorkItem item = claimOnly(A, at(1));
    open().terminateNow(ORDER, ENOUGH, at(2));
    open().purge(ORDER);

    assertThat(commit(EntityDraft.of(item, at(3)).lockedBy(owner).commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertThat(Objects.requireNonNull(claimOnly(A, at(100)).entity()).over())
        .containsExactly(owner);
  }

  @Test
  void anEntityThatIsLockedGoesOnUntilItKnowsThatItsOwnerIsOver() {
    ParentTask owner = task(createRunning(ORDER, at(0)));
    lockEntity(A, owner, at(1));
    send(signal(A, "s1", at(2)), at(2));
    InstanceWorkItem item = claimOnly(A, at(2));
    open().terminateNow(ORDER, ENOUGH, at(2));

    write(EntityDraft.of(item, at(3)).holdsBack("s1"));

    assertThat(lockedBy(claimOnly(A, at(3)))).isEqualTo(owner);
  }

  @Test
  void anOwnerThatGoesOnKeepsItsLocks() {
    ParentTask owner = task(createRunning(ORDER, at(0)));
    lockEntity(A, owner, at(1));
    raise(ORDER, "e1", at(2));

    write(EpisodeDraft.of(claimOnly(ORDER, at(2)), at(2)).mayHoldLocks());

    assertThat(claim(at(2))).isEmpty();
  }

  @Test
  void aClaimSaysWhichOfThoseWhoAskAreOver() {
    ParentTask running = task(createRunning("running", at(0)));
    ParentTask waiting = task(createRunning("waiting", at(0)));
    ParentTask over = task(createRunning("over", at(0)));
    ParentTask earlier = task(createRunning("again", at(0)));
    open().terminateNow("over", ENOUGH, at(1));
    open().create(instance("again", at(1)), StartPolicy.TERMINATE_AND_REPLACE);
    ParentTask now = new ParentTask(earlier.instance(), 2, 5);
    for (ParentTask owner : List.of(running, waiting, over, earlier, now)) {
      send(lock(A, owner, at(2)), at(2));
    }
    send(lock(B, running, at(2)), at(2));

    assertThat(Objects.requireNonNull(claimOnly(A, at(2)).entity()).over())
        .containsExactlyInAnyOrder(over, earlier);
    assertThat(Objects.requireNonNull(claimOnly(B, at(2)).entity()).over()).isEmpty();
  }

  // ---- in one call

  private Commit locking(ParentTask owner, Instant at) {
    send(
        new EntityDelivery(
            A, EntityDelivery.lockId(owner), new EntityLockPassedOn(owner, List.of(A), 0), at),
        at);
    return EntityDraft.of(claimOnly(A, at), at).lockedBy(owner).commit();
  }

  @Test
  void anOwnerThatEndsBehindTheAcquisitionInOneCallSendsTheUnlock() {
    ParentTask owner = task(createRunning(ORDER, at(0)));

    assertThat(open().commit(List.of(locking(owner, at(1)), endOf(ORDER, at(1)))))
        .containsOnly(CommitOutcome.COMMITTED);

    InstanceWorkItem item = claimOnly(A, at(1));
    assertThat(lockedBy(item)).isEqualTo(owner);
    assertThat(events(item)).containsExactly(new EntityUnlockRequested(owner));
  }

  @Test
  void anAcquisitionBehindTheEndOfItsOwnerInOneCallIsFencedOff() {
    ParentTask owner = task(createRunning(ORDER, at(0)));

    assertThat(open().commit(List.of(endOf(ORDER, at(1)), locking(owner, at(1)))))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.FENCED);

    assertThat(entity(A).lockedBy()).isNull();
    assertThat(messageIds(claimOnly(A, at(100)))).containsExactly(EntityDelivery.lockId(owner));
  }

  @Test
  void anOwnerThatContinuesAsNewInTheSameCallIsAnotherOneFromThenOn() {
    InstanceRef order = createRunning(ORDER, at(0));
    ParentTask next = new ParentTask(order, 2, 1);
    raise(ORDER, "e", at(1));
    Commit continues =
        EpisodeDraft.of(claimOnly(ORDER, at(1)), at(1)).continuesAsNew("e2", null).commit();

    assertThat(open().commit(List.of(continues, locking(next, at(1)))))
        .containsOnly(CommitOutcome.COMMITTED);

    assertThat(entity(A).lockedBy()).isEqualTo(ORDER);
  }

  @Test
  void anEntityThatIsReleasedInTheSameCallIsFreeWhetherOrNotItIsToldSo() {
    ParentTask owner = task(createRunning(ORDER, at(0)));
    lockEntity(A, owner, at(1));
    send(signal(A, "s1", at(2)), at(2));
    Commit releases = EntityDraft.of(claimOnly(A, at(2)), at(2)).lockedBy(null).commit();

    assertThat(open().commit(List.of(releases, endOf(ORDER, at(2)))))
        .containsOnly(CommitOutcome.COMMITTED);

    assertThat(entity(A).lockedBy()).isNull();
    assertThat(claim(at(2))).isEmpty();
  }

  // ---- at the same moment

  @Test
  void nodesThatLockAndNodesThatEndTheOwnerLeaveNoLockWithoutUnlock() throws Exception {
    for (int round = 0; round < 10; round++) {
      String id = "order-" + round;
      String entity = "@counter@" + round;
      ParentTask owner = task(createRunning(id, at(0)));
      send(lock(entity, owner, at(1)), at(1));
      InstanceWorkItem item = claimOnly(entity, at(1));
      raise(id, "end", at(1));
      InstanceWorkItem ending = claimOnly(id, at(1));

      List<CommitOutcome> outcomes =
          atOnce(
              number ->
                  trying(
                      () ->
                          commit(
                              number % 2 == 0
                                  ? EntityDraft.of(item, at(2)).lockedBy(owner).commit()
                                  : EpisodeDraft.of(ending, at(2))
                                      .mayHoldLocks()
                                      .completes(null)
                                      .commit())));

      assertThat(outcomes).hasSize(NODES).contains(CommitOutcome.COMMITTED);
      if (entity(entity).lockedBy() != null) {
        assertThat(events(claimOnly(entity, at(2))))
            .containsExactly(new EntityUnlockRequested(owner));
      }
    }
  }
}
