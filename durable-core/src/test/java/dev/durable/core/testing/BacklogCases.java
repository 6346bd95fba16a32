package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Backlog;
import dev.durable.core.store.Backlog.Queue;
import dev.durable.core.store.Due;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What waits, and whether there is anything to claim. */
abstract class BacklogCases extends EntityWords {

  private static Queue waiting(int count, Instant since) {
    return new Queue(count, since, 0);
  }

  private static Queue running(int count) {
    return new Queue(0, null, count);
  }

  private Backlog backlog(Instant now) {
    return open().backlog(now);
  }

  private List<InstanceWorkItem> claim(InstanceKind kind, Instant now, int max) {
    return open().claimInstances(InstanceClaim.any(request("node-a", now, max)).of(kind));
  }

  // ---- due

  @Test
  void nothingIsDueInAnEmptyHub() {
    assertThat(open().due(at(0))).isEqualTo(Due.NOTHING);
  }

  @Test
  void anOrchestrationIsDueUntilItIsClaimedAndAgainWhenItsLeaseEnds() {
    create(ORDER, at(10));
    assertThat(open().due(at(9))).isEqualTo(Due.NOTHING);
    assertThat(open().due(at(10))).isEqualTo(new Due(true, false, false));

    claimOne(at(10));
    assertThat(open().due(at(39))).isEqualTo(Due.NOTHING);
    assertThat(open().due(at(40))).isEqualTo(new Due(true, false, false));
  }

  @Test
  void anEntityIsDueApartFromOrchestrations() {
    send(signal(A, "s1", at(0)), at(0));
    assertThat(open().due(at(0))).isEqualTo(new Due(false, true, false));

    create(ORDER, at(0));
    assertThat(open().due(at(0))).isEqualTo(new Due(true, true, false));
    claim(InstanceKind.ENTITY, at(0), 1);
    assertThat(open().due(at(0))).isEqualTo(new Due(true, false, false));
  }

  @Test
  void anActivityIsDueWhenItIsVisibleAndNotHeld() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "charge", null, at(5)));
    assertThat(open().due(at(4))).isEqualTo(Due.NOTHING);
    assertThat(open().due(at(5))).isEqualTo(new Due(false, false, true));

    raise(ORDER, "suspend", at(6));
    write(EpisodeDraft.of(claimOne(at(6)), at(6)).suspends());
    assertThat(open().due(at(6))).isEqualTo(Due.NOTHING);
    raise(ORDER, "resume", at(7));
    write(EpisodeDraft.of(claimOne(at(7)), at(7)).resumes());
    assertThat(open().due(at(7))).isEqualTo(new Due(false, false, true));

    claimTask(at(7));
    assertThat(open().due(at(36))).isEqualTo(Due.NOTHING);
    assertThat(open().due(at(37))).isEqualTo(new Due(false, false, true));
  }

  @Test
  void aMessageThatIsHeldBackIsNotDue() {
    create("owner", at(0));
    ParentTask task = new ParentTask(claimOne(at(0)).lease().instance(), 1, 0);
    lockEntity(A, task, at(0));
    send(signal(A, "s1", at(1)), at(1));
    InstanceWorkItem entity = claim(InstanceKind.ENTITY, at(1), 1).get(0);
    write(EntityDraft.of(entity, at(1)).holdsBack("s1"));

    assertThat(open().due(at(2))).isEqualTo(Due.NOTHING);
    assertThat(backlog(at(2)).entities()).isEqualTo(Queue.EMPTY);
    assertThat(backlog(at(2)).nextDueAt()).isNull();
  }

  // ---- backlog

  @Test
  void anEmptyHubHasNoBacklog() {
    assertThat(backlog(at(0))).isEqualTo(new Backlog(Queue.EMPTY, Queue.EMPTY, Map.of(), null));
  }

  @Test
  void whatWaitsAndWhatRunsIsCountedByKind() {
    create("a", at(0));
    create("b", at(1));
    create("c", at(2));
    raise("c", "m1", at(3));
    send(signal(A, "s1", at(4)), at(4));
    send(signal(A, "s2", at(5)), at(5));
    claim(InstanceKind.ORCHESTRATION, at(9), 1);

    assertThat(backlog(at(9)))
        .isEqualTo(new Backlog(new Queue(2, at(1), 1), waiting(1, at(4)), Map.of(), null));
    claim(InstanceKind.ENTITY, at(9), 1);
    assertThat(backlog(at(9)).entities()).isEqualTo(running(1));
  }

  @Test
  void whatIsLeasedWaitsAgainWhenTheLeaseHasEnded() {
    create(ORDER, at(0));
    claimOne(at(0));

    assertThat(backlog(at(29)).orchestrations()).isEqualTo(running(1));
    assertThat(backlog(at(30)).orchestrations()).isEqualTo(waiting(1, at(0)));
  }

  @Test
  void activitiesAreCountedByName() {
    create(ORDER, at(0));
    write(
        EpisodeDraft.of(claimOne(at(0)), at(0))
            .schedules(0, "charge", null, at(1))
            .schedules(1, "charge", null, at(2))
            .schedules(2, "charge", null, at(3))
            .schedules(3, "ship", null, at(4))
            .schedules(4, "later", null, at(100)));
    ActivityWorkItem first =
        open().claimActivities(ActivityClaim.any(request("node-a", at(9), 1))).get(0);

    assertThat(backlog(at(9)).activities())
        .isEqualTo(Map.of("charge", new Queue(2, at(2), 1), "ship", waiting(1, at(4))));
    open().release(List.of((Lease) first.lease()), at(9));
    assertThat(backlog(at(9)).activities().get("charge")).isEqualTo(waiting(3, at(2)));
  }

  @Test
  void aHeldActivityDoesNotWaitButMayRun() {
    create(ORDER, at(0));
    write(
        EpisodeDraft.of(claimOne(at(0)), at(0))
            .schedules(0, "charge", null, at(0))
            .schedules(1, "charge", null, at(1)));
    open().claimActivities(ActivityClaim.any(request("node-a", at(1), 1)));
    raise(ORDER, "suspend", at(2));
    write(EpisodeDraft.of(claimOne(at(2)), at(2)).suspends());

    assertThat(backlog(at(3)).activities()).isEqualTo(Map.of("charge", running(1)));
    assertThat(backlog(at(3)).nextDueAt()).isNull();
  }

  @Test
  void whatHasEndedLeavesNoBacklog() {
    createCharging(ORDER, at(0));
    raise(ORDER, "m1", at(0));
    open().terminateNow(ORDER, new ExecutionTerminated("enough", false), at(1));

    assertThat(backlog(at(2))).isEqualTo(new Backlog(Queue.EMPTY, Queue.EMPTY, Map.of(), null));
  }

  // ---- what comes next

  @Test
  void theNextTimerIsToldWhateverWaitsAlready() {
    create("a", at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).createsTimer(0, at(60)).createsTimer(1, at(50)));
    assertThat(backlog(at(1)).nextDueAt()).isEqualTo(at(50));

    create("b", at(2));
    assertThat(backlog(at(2)).nextDueAt()).isEqualTo(at(50));
    assertThat(backlog(at(50)).nextDueAt()).isEqualTo(at(60));
    assertThat(backlog(at(60)).nextDueAt()).isNull();
  }

  @Test
  void aSignalForLaterIsSomethingToCome() {
    send(signalForLater(A, "s1", at(70)), at(0));

    assertThat(backlog(at(1)).nextDueAt()).isEqualTo(at(70));
  }

  @Test
  void workThatWasGivenBackForAWhileIsSomethingToCome() {
    create(ORDER, at(0));
    InstanceWorkItem item = claimOne(at(0));
    assertThat(backlog(at(1)).nextDueAt()).isNull();
    open().release(List.of(item.lease()), at(20));

    assertThat(backlog(at(1)).nextDueAt()).isEqualTo(at(20));
    assertThat(backlog(at(20)).nextDueAt()).isNull();
  }

  @Test
  void aTimerThatFiresWhileItsInstanceMayNotBeClaimedIsDueAfterwards() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).createsTimer(0, at(10)));
    raise(ORDER, "m1", at(1));
    open().release(List.of(claimOne(at(1)).lease()), at(40));

    assertThat(backlog(at(2)).nextDueAt()).isEqualTo(at(40));
  }

  @Test
  void anActivityThatWaitsForItsNextAttemptIsSomethingToCome() {
    create(ORDER, at(0));
    write(
        EpisodeDraft.of(claimOne(at(0)), at(0))
            .schedules(0, "charge", null, at(0))
            .schedules(1, "charge", null, at(90)));
    assertThat(backlog(at(1)).nextDueAt()).isEqualTo(at(90));

    ActivityWorkItem task = claimTask(at(1));
    assertThat(backlog(at(1)).nextDueAt()).isEqualTo(at(90));
    open().release(List.of((Lease) task.lease()), at(33));
    assertThat(backlog(at(1)).nextDueAt()).isEqualTo(at(33));
  }
}
