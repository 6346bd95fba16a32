package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.InstanceFilter;
import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NewInstance.IfExists;
import dev.durable.core.store.TaskHubStore.ActionOutcome;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Finished instances that are deleted. */
abstract class PurgeCases extends SeveralNodes {

  private static final InstanceFilter ALL = InstanceFilter.all();

  private boolean exists(String id) {
    return open().status(id).isPresent();
  }

  @Test
  void aFinishedInstanceIsGoneWithAllThatBelongsToIt() {
    NewInstance tagged =
        new NewInstance(
            ORDER,
            "e1",
            "fulfil",
            "1",
            at(0),
            at(0),
            null,
            null,
            Map.of("a", "1"),
            IfExists.REFUSE);
    open().create(tagged, StartPolicy.REJECT);
    open().send(ORDER, "e1", event("e1"), at(0), true);
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "audit").completes("1"));
    ActivityWorkItem audit = claimTask(at(0));

    assertThat(open().purge(ORDER)).isEqualTo(new ActionOutcome.Done());

    assertThat(exists(ORDER)).isFalse();
    assertThat(open().history(ORDER)).isEmpty();
    assertThat(listed(ALL.withTags(Map.of("a", "1")))).isEmpty();
    assertThat(commit(completing(audit, "1", at(1)))).isEqualTo(CommitOutcome.FENCED);
    assertThat(claimTasks(at(100))).isEmpty();
    assertThat(open().purge(ORDER)).isEqualTo(new ActionOutcome.NotFound());
  }

  @Test
  void aPurgedIdIsAsGoodAsNew() {
    createCompleted(ORDER, at(0));
    open().purge(ORDER);

    assertThat(open().create(instance(ORDER, at(5)), StartPolicy.REJECT))
        .isEqualTo(new CreateOutcome.Created());
    InstanceWorkItem item = claimOne(at(5));
    assertThat(item.execution().number()).isEqualTo(1);
    assertThat(item.history()).isEmpty();
  }

  @Test
  void anUnfinishedInstanceIsNotPurged() {
    createRunning(ORDER, at(0));

    assertThat(open().purge(ORDER)).isEqualTo(new ActionOutcome.WrongStatus(RuntimeStatus.RUNNING));
    assertThat(open().purge(ALL, 100)).isZero();
    assertThat(open().purge(ALL.withStatuses(Set.of(RuntimeStatus.RUNNING)), 100)).isZero();
    assertThat(exists(ORDER)).isTrue();
  }

  @Test
  void itsChildrenStayAndTheirAnswersGoNowhere() {
    create("parent", at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).creates(0, "child", null).completes("1"));
    InstanceWorkItem child = claimOne(at(0));
    open().purge("parent");

    Message answer =
        Message.answer(child.execution().parent(), Histories.childCompleted(0, "7"), at(1));
    write(EpisodeDraft.of(child, at(1)).completes("7").sends(answer));

    assertThat(status("child").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(status("child").parentInstanceId()).isEqualTo("parent");
    create("parent", at(2));
    assertThat(messageIds(claimOne(at(2)))).containsExactly(Message.startId(1));
  }

  @Test
  void theOldestOfThoseThatAreMeantArePurgedAndNoMoreThanAskedFor() {
    for (int i = 0; i < 5; i++) {
      createCompleted("order-" + i, at(10 - i));
    }
    createRunning("order-running", at(0));
    createCompleted("other", at(0));
    InstanceFilter orders = ALL.withInstanceIdPrefix("order-");

    assertThat(open().purge(orders, 2)).isEqualTo(2);
    assertThat(listed(ALL))
        .containsExactly("order-0", "order-1", "order-2", "order-running", "other");
    assertThat(open().purge(orders, 100)).isEqualTo(3);
    assertThat(listed(ALL)).containsExactly("order-running", "other");
    assertThat(open().purge(orders, 100)).isZero();
  }

  @Test
  void aFilterForOneStatusPurgesNoOther() {
    createCompleted("completed", at(0));
    create("failed", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)).fails(Histories.failure("x")));

    assertThat(open().purge(ALL.withStatuses(Set.of(RuntimeStatus.FAILED)), 100)).isEqualTo(1);
    assertThat(listed(ALL)).containsExactly("completed");
  }

  @Test
  void whoHasClaimedAPurgedInstanceIsFencedOff() {
    createCharging(ORDER, at(0));
    raise(ORDER, "m1", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)).completes("1"));
    commit(completing(claimTask(at(2)), "1", at(2)));
    InstanceWorkItem leftover = claimOne(at(2));

    assertThat(open().purge(ORDER)).isEqualTo(new ActionOutcome.Done());

    assertThat(commit(EpisodeDraft.empty(leftover, at(3)).commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertThat(open().renew(List.of(leftover.lease()), at(100)))
        .isEqualTo(List.of(leftover.lease()));
    open().release(List.of(leftover.lease()), at(100));
    assertThat(claim(at(200))).isEmpty();
  }

  @Test
  void severalWhoPurgeAtOncePurgeEachInstanceOnce() throws Exception {
    for (int i = 0; i < 40; i++) {
      create("order-" + i, at(i));
    }
    for (InstanceWorkItem item : claim(at(100))) {
      write(EpisodeDraft.of(item, at(100)).completes("1"));
    }

    List<Integer> purged =
        atOnce(
            number -> {
              int sum = 0;
              for (int portion = 0; portion < 20; portion++) {
                sum += trying(() -> open().purge(ALL, 5));
              }
              return sum;
            });

    assertThat(purged.stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
    assertThat(listed(ALL)).isEmpty();
  }

  @Test
  void claimsCommitsAndPurgesAtOnceLeaveNothingBehind() throws Exception {
    for (int i = 0; i < 20; i++) {
      create("order-" + i, at(0));
    }

    List<Integer> purged =
        atOnce(
            number -> {
              int sum = 0;
              for (int round = 0; round < 20; round++) {
                if (number % 2 == 0) {
                  for (InstanceWorkItem item :
                      trying(
                          () ->
                              open()
                                  .claimInstances(
                                      InstanceClaim.any(request("node-" + number, at(1), 2))))) {
                    trying(() -> commit(EpisodeDraft.of(item, at(1)).completes("1").commit()));
                  }
                } else {
                  sum += trying(() -> open().purge(ALL, 3));
                }
              }
              return sum;
            });

    int sum = purged.stream().mapToInt(Integer::intValue).sum();
    assertThat(sum + open().purge(ALL, 100)).isEqualTo(20);
    assertThat(claim(at(100))).isEmpty();
  }
}
