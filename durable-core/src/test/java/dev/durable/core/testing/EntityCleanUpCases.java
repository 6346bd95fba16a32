package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.EntityCleanUp;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entities of which nothing is left. */
abstract class EntityCleanUpCases extends EntityWords {

  private static final Duration GRACE = TaskHubStore.EMPTY_ENTITY_GRACE;

  /** Removes what has been empty for the grace. */
  private EntityCleanUp cleanUp(Instant now) {
    return open().cleanUpEntities(now.minus(GRACE), now, 100);
  }

  private static Instant afterGrace(long seconds) {
    return at(GRACE.plusSeconds(seconds));
  }

  @Test
  void anEntityThatHasLongBeenEmptyIsRemoved() {
    createEntity(A, null, at(0));
    createEntity(B, null, at(5));

    assertThat(cleanUp(afterGrace(0))).isEqualTo(new EntityCleanUp(0, 0));
    assertThat(cleanUp(afterGrace(1))).isEqualTo(new EntityCleanUp(1, 0));

    assertThat(exists(A)).isFalse();
    assertThat(exists(B)).isTrue();
  }

  @Test
  void anEntityOfWhichSomethingIsLeftIsKept() {
    ParentTask owner = new ParentTask(createRunning(ORDER, at(0)), 1, 5);
    createEntity("@has@state", "1", at(0));
    createEntity("@has@large-state", "\"" + "x".repeat(20_000) + "\"", at(0));
    lockEntity("@has@lock", owner, at(0));
    send(signal("@has@message", "s1", at(0)), at(0));
    send(signal("@has@message-for-later", "s1", at(99_999)), at(0));
    send(signal("@has@held-back", "s1", at(0)), at(0));
    write(EntityDraft.of(claimOnly("@has@held-back", at(0)), at(0)).holdsBack("s1"));

    assertThat(cleanUp(afterGrace(10))).isEqualTo(new EntityCleanUp(0, 0));
    assertThat(exists("@has@message")).isTrue();
  }

  @Test
  void noMoreAreRemovedAtOnceThanWanted() {
    for (int i = 0; i < 5; i++) {
      createEntity("@counter@" + i, null, at(0));
    }
    Instant now = afterGrace(1);

    assertThat(open().cleanUpEntities(at(1), now, 3)).isEqualTo(new EntityCleanUp(3, 0));
    assertThat(open().cleanUpEntities(at(1), now, 3)).isEqualTo(new EntityCleanUp(2, 0));
  }

  @Test
  void oneWhoseSignalsAreRememberedStaysUntilTheyAreForgotten() {
    open().sendToEntity(signal(A, "s1", at(0)), at(0), true);
    write(EntityDraft.of(claimOne(at(0)), at(0)).state(null));

    cleanUp(afterGrace(1));
    open().sendToEntity(signal(A, "s1", afterGrace(2)), afterGrace(2), true);
    assertThat(claim(afterGrace(2))).isEmpty();

    Instant forgotten = afterGrace(2).plus(TaskHubStore.EVENT_ID_RETENTION);
    assertThat(open().cleanUpEntities(forgotten.minus(GRACE), forgotten, 10).removed())
        .isEqualTo(1);
    assertThat(open().entity(EntityDelivery.entity(A))).isEmpty();
  }

  @Test
  void oneThatWasRemovedBeginsAnewWithTheNextMessage() {
    send(signal(A, "s1", at(0)), at(0));
    write(EntityDraft.of(claimOne(at(0)), at(0)).state(null));
    cleanUp(afterGrace(1));

    open().sendToEntity(signal(A, "s1", afterGrace(2)), afterGrace(2), true);

    assertThat(entity(A).createdAt()).isEqualTo(afterGrace(2));
    InstanceWorkItem item = claimOne(afterGrace(2));
    assertThat(messageIds(item)).containsExactly("s1");
    write(EntityDraft.of(item, afterGrace(2)).state("1"));
    assertThat(entity(A).state()).isEqualTo("1");
  }

  @Test
  void whoeverSendsToAnOldEmptyEntityKeepsIt() {
    createRunning(ORDER, at(0));
    createEntity(A, null, at(0));
    createEntity(B, null, at(0));
    Instant old = at(GRACE.dividedBy(2).plusSeconds(1));

    send(signal(A, "s1", old), old);
    assertThat(entity(A).lastModifiedAt()).isEqualTo(old);

    raise(ORDER, "e", old);
    write(EpisodeDraft.of(claimOnly(ORDER, old), old).sends(signal(B, "s1", old)));
    assertThat(entity(B).lastModifiedAt()).isEqualTo(old);
  }

  @Test
  void aMessageUpdatesNoEntityThatIsInUse() {
    createEntity(A, null, at(0));
    createEntity(B, "1", at(0));
    Instant young = at(GRACE.dividedBy(2));
    Instant old = at(GRACE.dividedBy(2).plusSeconds(1));

    send(signal(A, "s1", young), young);
    send(signal(A, "s2", old), old);
    send(signal(B, "s1", old), old);

    assertThat(entity(A).lastModifiedAt()).isEqualTo(at(0));
    assertThat(entity(B).lastModifiedAt()).isEqualTo(at(0));
  }

  @Test
  void idsAreRememberedForAWeek() {
    open().sendToEntity(signal(A, "s1", at(0)), at(0), true);
    write(EntityDraft.of(claimOne(at(0)), at(0)).state("1"));
    Instant week = at(TaskHubStore.EVENT_ID_RETENTION);

    cleanUp(week);
    open().sendToEntity(signal(A, "s1", week), week, true);
    assertThat(claim(week)).isEmpty();

    cleanUp(week.plusMillis(1));
    open().sendToEntity(signal(A, "s1", week), week, true);
    assertThat(messageIds(claimOne(week))).containsExactly("s1");
  }

  @Test
  void idsOfEventsOfOrchestrationsAreNotForgotten() {
    createRunning(ORDER, at(0));
    open().send(ORDER, "e1", event("e1"), at(0), true);
    write(EpisodeDraft.of(claimOne(at(0)), at(0)));

    Instant later = at(TaskHubStore.EVENT_ID_RETENTION.plusDays(1));
    cleanUp(later);

    open().send(ORDER, "e1", event("e1"), later, true);
    assertThat(claim(later)).isEmpty();
  }

  @Test
  void aLockWhoseOwnerIsOverIsReleased() {
    ParentTask over = new ParentTask(createRunning("order-1", at(0)), 1, 5);
    ParentTask gone = new ParentTask(createRunning("order-2", at(0)), 1, 5);
    ParentTask running = new ParentTask(createRunning("order-3", at(0)), 1, 5);
    lockEntity(A, over, at(1));
    lockEntity(B, gone, at(1));
    lockEntity("@counter@c", running, at(1));
    for (String id : List.of("order-1", "order-2")) {
      open().terminateNow(id, new ExecutionTerminated("x"), at(2));
    }
    open().purge("order-2");
    for (String id : List.of(A, B)) {
      // Somebody has lost the message.
      InstanceWorkItem item = claimOnly(id, at(2));
      write(EntityDraft.of(item, at(2)));
      assertThat(messageIds(item)).hasSize(1);
    }
    assertThat(claim(at(3))).isEmpty();

    assertThat(cleanUp(at(4)).releasedLocks()).isEqualTo(2);
    assertThat(cleanUp(at(4)).releasedLocks()).isEqualTo(2);

    assertThat(ids(claim(at(4)))).containsExactlyInAnyOrder(A, B);
  }

  @Test
  void aMessageThatIsSentWhileItsEntityIsCleanedUpIsNotLost() throws Exception {
    for (int round = 0; round < 10; round++) {
      String id = "@counter@" + round;
      createEntity(id, null, at(0));
      Instant now = afterGrace(10);

      atOnce(
          number ->
              trying(
                  () -> {
                    if (number % 2 == 0) {
                      send(signal(id, "s" + number, now), now);
                    } else {
                      cleanUp(now);
                    }
                    return true;
                  }));

      assertThat(entity(id).waitingOperations()).isEqualTo(2);
      assertThat(messageIds(claimOnly(id, now))).containsExactlyInAnyOrder("s0", "s2");
    }
  }
}
