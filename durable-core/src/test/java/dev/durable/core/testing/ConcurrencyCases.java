package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.StartPolicy;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.store.TaskHubStore.StartOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several nodes do to the same instances at the same moment. */
abstract class ConcurrencyCases extends SeveralNodes {

  @Test
  void noInstanceIsClaimedByTwoNodes() throws Exception {
    for (int i = 0; i < 40; i++) {
      create("order-" + i, at(0));
    }

    List<List<String>> claimed =
        atOnce(
            number -> {
              TaskHubStore store = open();
              List<String> mine = new ArrayList<>();
              List<InstanceWorkItem> items;
              int empty = 0;
              while (empty < 3) {
                items =
                    trying(
                        () ->
                            store.claimInstances(
                                InstanceClaim.any(request("node-" + number, at(1), 3))));
                mine.addAll(ids(items));
                empty = items.isEmpty() ? empty + 1 : 0;
              }
              return mine;
            });

    assertThat(claimed.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(40);
  }

  @Test
  void oneOfSeveralNodesStartsAnInstance() throws Exception {
    List<List<Boolean>> started =
        atOnce(
            number -> {
              TaskHubStore store = open();
              List<Boolean> mine = new ArrayList<>();
              for (int i = 0; i < 20; i++) {
                NewInstance wanted =
                    new NewInstance(
                        "order-" + i, "e-" + number + "-" + i, "fulfil", null, at(0), at(0), null);
                Start start = starting(wanted);
                List<StartOutcome> outcomes =
                    trying(() -> store.start(List.of(start), request("node-" + number, at(0), 1)));
                mine.add(outcomes.get(0) instanceof StartOutcome.Claimed);
              }
              return mine;
            });

    for (int i = 0; i < 20; i++) {
      int instance = i;
      assertThat(started.stream().filter(mine -> mine.get(instance))).hasSize(1);
    }
    assertThat(claim(at(29))).isEmpty();
    assertThat(claim(at(30))).hasSize(20);
  }

  @Test
  void noActivityIsClaimedByTwoNodes() throws Exception {
    create(ORDER, at(0));
    EpisodeDraft draft = EpisodeDraft.of(claimOne(at(0)), at(0));
    for (int i = 0; i < 40; i++) {
      draft.schedules(i, "task-" + i);
    }
    write(draft);

    List<List<String>> claimed =
        atOnce(
            number -> {
              TaskHubStore store = open();
              List<String> mine = new ArrayList<>();
              List<ActivityWorkItem> items;
              int empty = 0;
              while (empty < 3) {
                items =
                    trying(
                        () ->
                            store.claimActivities(
                                ActivityClaim.any(request("node-" + number, at(1), 3))));
                mine.addAll(names(items));
                empty = items.isEmpty() ? empty + 1 : 0;
              }
              return mine;
            });

    assertThat(claimed.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(40);
  }

  @Test
  void ofSeveralCommitsForOneLeaseOneCounts() throws Exception {
    create(ORDER, at(0));
    InstanceWorkItem item = claimOne(at(0));

    List<CommitOutcome> outcomes =
        atOnce(
            number ->
                trying(() -> commit(EpisodeDraft.of(item, at(1)).completes("" + number).commit())));

    assertThat(outcomes).containsOnlyOnce(CommitOutcome.COMMITTED);
    assertThat(history(ORDER)).hasSize(3);
    assertThat(status(ORDER).output()).isEqualTo("" + outcomes.indexOf(CommitOutcome.COMMITTED));
  }

  @Test
  void ofSeveralStartsWithOneIdOneCounts() throws Exception {
    List<CreateOutcome> outcomes =
        atOnce(
            number ->
                trying(() -> open().create(instance(ORDER, at(0)), StartPolicy.REPLACE_FINISHED)));

    assertThat(outcomes).containsOnlyOnce(new CreateOutcome.Created());
    assertThat(claim(at(0))).hasSize(1);
  }

  @Test
  void messagesThatAreSentWhileEpisodesRunAreAllDeliveredOnce() throws Exception {
    createRunning(ORDER, at(0));
    List<List<String>> delivered =
        atOnce(
            number -> {
              List<String> mine = new ArrayList<>();
              for (int i = 0; i < 10; i++) {
                String messageId = "m-" + number + "-" + i;
                trying(() -> open().send(ORDER, messageId, event(messageId), at(1), false));
                for (InstanceWorkItem item : trying(() -> claim(at(1)))) {
                  List<String> taken = messageIds(item);
                  if (trying(() -> commit(EpisodeDraft.of(item, at(2)).commit()))
                      == CommitOutcome.COMMITTED) {
                    mine.addAll(taken);
                  }
                }
              }
              return mine;
            });
    List<String> all = new ArrayList<>(delivered.stream().flatMap(List::stream).toList());
    claim(at(100)).forEach(item -> all.addAll(messageIds(item)));

    assertThat(all).doesNotHaveDuplicates().hasSize(10 * NODES);
    assertThat(history(ORDER))
        .filteredOn(e -> e.type().equals("EventRaised"))
        .doesNotHaveDuplicates();
  }
}
