package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Terminations that go on from a parent to its children. */
abstract class CascadeCases extends SeveralNodes {

  private static final ExecutionTerminated ALL = new ExecutionTerminated("enough", true);

  private void createFamily(String parent, String... children) {
    create(parent, at(0));
    EpisodeDraft draft = EpisodeDraft.of(claimOne(at(0)), at(0));
    for (int i = 0; i < children.length; i++) {
      draft.creates(i, children[i], null);
    }
    write(draft);
    for (InstanceWorkItem child : claim(at(0))) {
      write(EpisodeDraft.of(child, at(0)));
    }
  }

  private EpisodeDraft end(String parent, Instant at) {
    raise(parent, "end", at);
    InstanceWorkItem item =
        claim(at).stream()
            .filter(claimed -> claimed.lease().instance().id().equals(parent))
            .findFirst()
            .orElseThrow();
    return EpisodeDraft.of(item, at).terminates(Failures.terminated("enough")).cascades(ALL);
  }

  @Test
  void childrenThatHaveNotFinishedHaveTheEventInTheirInboxes() {
    createFamily(ORDER, "a", "done", "c");
    raise("done", "m", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)).completes("1"));
    raise(ORDER, "drop", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)));
    write(end(ORDER, at(2)));

    List<InstanceWorkItem> told = claim(at(2));
    assertThat(ids(told)).containsExactlyInAnyOrder("a", "c");
    assertThat(told)
        .allSatisfy(
            child ->
                assertThat(inbox(child))
                    .containsExactly(
                        new Message(
                            child.lease().instance(),
                            Message.CASCADE_ID,
                            Message.ANY_EXECUTION,
                            ALL,
                            at(2),
                            0)));
  }

  @Test
  void childrenOfOthersNoticeNothing() {
    createFamily(ORDER, "a");
    createFamily("other", "b");
    createRunning("c", at(0));
    write(end(ORDER, at(2)));

    assertThat(ids(claim(at(2)))).containsExactly("a");
  }

  @Test
  void childrenOfTheInstanceThatHadTheIdBeforeNoticeNothing() {
    createFamily(ORDER, "a");
    raise(ORDER, "m", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)).completes("1"));
    open().purge(ORDER);
    createFamily(ORDER, "b");
    write(end(ORDER, at(2)));

    assertThat(ids(claim(at(2)))).containsExactly("b");
  }

  @Test
  void aChildThatHasTheEventAlreadyGetsNoOther() {
    createFamily(ORDER, "a");
    open().send("a", Message.CASCADE_ID, ALL, at(1), false);
    claimOne(at(1));
    write(end(ORDER, at(2)));

    assertThat(messageIds(claimOne(at(31)))).containsExactly(Message.CASCADE_ID);
  }

  @Test
  void aBlockedChildMayBeClaimedAtOnce() {
    createFamily(ORDER, "a");
    raise("a", "m", at(1));
    open().block(claimOne(at(1)).lease(), Histories.failure("drift"), at(1000));
    write(end(ORDER, at(2)));

    assertThat(messageIds(claimOne(at(2)))).containsExactlyInAnyOrder("m", Message.CASCADE_ID);
  }

  @Test
  void aCommitThatIsFencedOffTerminatesNobody() {
    createFamily(ORDER, "a");
    EpisodeDraft late = end(ORDER, at(2));
    open().terminateNow(ORDER, new ExecutionTerminated("now"), at(3));

    assertThat(commit(late.commit())).isEqualTo(CommitOutcome.FENCED);
    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void familiesThatAreEndedAtOnceWhileTheirChildrenWorkAllEnd() throws Exception {
    for (int i = 0; i < NODES; i++) {
      createFamily("p" + i, "p" + i + "-a", "p" + i + "-b");
      raise("p" + i + "-a", "m", at(1));
    }
    List<InstanceWorkItem> children = claim(at(1));
    List<EpisodeDraft> ends = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      ends.add(end("p" + i, at(2)));
    }

    List<List<CommitOutcome>> outcomes =
        atOnce(
            number ->
                trying(
                    () ->
                        open()
                            .commit(
                                List.of(
                                    ends.get(number).commit(),
                                    EpisodeDraft.of(children.get((number + 1) % NODES), at(2))
                                        .commit()))));

    assertThat(outcomes.stream().flatMap(List::stream)).containsOnly(CommitOutcome.COMMITTED);
    assertThat(claim(at(2)))
        .hasSize(2 * NODES)
        .allSatisfy(child -> assertThat(messageIds(child)).contains(Message.CASCADE_ID));
  }
}
