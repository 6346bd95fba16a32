package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.Priority;
import dev.durable.core.history.CallDetails;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityClaim.Names;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which of the activities that are due a claim takes, and in which order. */
abstract class ActivityChoiceCases extends StoreCases {

  private EpisodeDraft draft() {
    create(ORDER, at(0));
    return EpisodeDraft.of(claimOne(at(0)), at(0));
  }

  private static CallDetails with(int taskId, Priority priority) {
    return CallDetails.first(taskId, null, null, priority);
  }

  private static EpisodeDraft schedule(
      EpisodeDraft draft, int taskId, String name, Priority priority, Instant at) {
    return draft.schedules(taskId, name, null, at, with(taskId, priority));
  }

  private List<String> claimed(Names names, int max, Instant now) {
    return names(
        open().claimActivities(new ActivityClaim(request("node-a", now, max), names, null)));
  }

  private static Names allExcept(String... names) {
    return new Names.AllExcept(Set.of(names));
  }

  // ---- priority

  @Test
  void whatHasAHigherPriorityIsClaimedFirstHoweverOldTheOthersAre() {
    EpisodeDraft draft = draft();
    schedule(draft, 0, "low", Priority.LOW, at(0));
    schedule(draft, 1, "normal", Priority.NORMAL, at(1));
    schedule(draft, 2, "high", Priority.HIGH, at(2));
    write(draft);

    assertThat(claimed(allExcept(), 1, at(2))).containsExactly("high");
    assertThat(claimed(allExcept(), 1, at(2))).containsExactly("normal");
    assertThat(claimed(allExcept(), 1, at(2))).containsExactly("low");
  }

  @Test
  void oneClaimTakesThemInThatOrderAndAmongEqualsTheOldestFirst() {
    EpisodeDraft draft = draft();
    schedule(draft, 0, "low", Priority.LOW, at(0));
    schedule(draft, 1, "normal-2", Priority.NORMAL, at(2));
    schedule(draft, 2, "normal-1", Priority.NORMAL, at(1));
    schedule(draft, 3, "high-2", Priority.HIGH, at(4));
    schedule(draft, 4, "high-1", Priority.HIGH, at(3));
    write(draft);

    assertThat(claimed(allExcept(), 100, at(9)))
        .containsExactly("high-1", "high-2", "normal-1", "normal-2", "low");
  }

  @Test
  void aPriorityThatIsNotVisibleYetKeepsNobodyWaiting() {
    EpisodeDraft draft = draft();
    schedule(draft, 0, "low", Priority.LOW, at(0));
    schedule(draft, 1, "high", Priority.HIGH, at(10));
    write(draft);

    assertThat(claimed(allExcept(), 1, at(9))).containsExactly("low");
    assertThat(claimed(allExcept(), 1, at(10))).containsExactly("high");
  }

  @Test
  void aTaskKeepsItsPriorityWhenItIsGivenBackAndWhenItsLeaseRunsOut() {
    EpisodeDraft draft = draft();
    schedule(draft, 0, "low", Priority.LOW, at(0));
    schedule(draft, 1, "high", Priority.HIGH, at(1));
    write(draft);
    ActivityWorkItem high =
        open().claimActivities(ActivityClaim.any(request("node-a", at(1), 1))).get(0);
    open().release(List.of((Lease) high.lease()), at(2));

    assertThat(claimed(allExcept(), 1, at(2))).containsExactly("high");
    assertThat(claimed(allExcept(), 1, at(32))).containsExactly("high");
    assertThat(claimed(allExcept(), 1, at(32))).containsExactly("low");
  }

  @Test
  void manyOfALowPriorityDoNotHideOneOfAHighPriority() {
    EpisodeDraft draft = draft();
    for (int i = 0; i < 200; i++) {
      schedule(draft, i, "low", Priority.LOW, at(0));
    }
    schedule(draft, 200, "high", Priority.HIGH, at(1));
    write(draft);

    assertThat(claimed(allExcept(), 3, at(1))).containsExactly("high", "low", "low");
  }

  // ---- names

  @Test
  void namesThatAreExceptedAreLeftToOthers() {
    write(
        draft()
            .schedules(0, "charge", null, at(0))
            .schedules(1, "ship", null, at(1))
            .schedules(2, "pack", null, at(2)));

    assertThat(claimed(allExcept("charge", "ship"), 100, at(9))).containsExactly("pack");
    assertThat(claimed(allExcept("ship"), 100, at(9))).containsExactly("charge");
    assertThat(claimed(allExcept(), 100, at(9))).containsExactly("ship");
  }

  @Test
  void ofOneNameNothingElseIsTaken() {
    write(
        draft()
            .schedules(0, "charge", null, at(0))
            .schedules(1, "ship", null, at(1))
            .schedules(2, "ship", null, at(2)));

    assertThat(claimed(new Names.Only("pack"), 100, at(9))).isEmpty();
    assertThat(claimed(new Names.Only("ship"), 1, at(9))).containsExactly("ship");
    assertThat(claimed(new Names.Only("ship"), 100, at(9))).containsExactly("ship");
    assertThat(claimed(allExcept(), 100, at(9))).containsExactly("charge");
  }

  @Test
  void prioritiesCountAmongTasksOfOneNameAsWell() {
    EpisodeDraft draft = draft();
    schedule(draft, 0, "ship", Priority.LOW, at(0));
    schedule(draft, 1, "ship", Priority.HIGH, at(1));
    schedule(draft, 2, "charge", Priority.HIGH, at(0));
    write(draft);

    List<ActivityWorkItem> items =
        open()
            .claimActivities(
                new ActivityClaim(request("node-a", at(1), 1), new Names.Only("ship"), null));
    assertThat(items).hasSize(1);
    assertThat(items.get(0).task().call().priority()).isEqualTo(Priority.HIGH);
  }

  @Test
  void manyExceptedTasksDoNotKeepOthersOut() {
    EpisodeDraft draft = draft();
    for (int i = 0; i < 100; i++) {
      draft.schedules(i, "charge", null, at(0));
    }
    write(draft.schedules(100, "ship", null, at(1)));

    assertThat(claimed(allExcept("charge"), 1, at(1))).containsExactly("ship");
  }

  @Test
  void aThousandExceptedNamesHideNothingElse() {
    write(draft().schedules(0, "n-77", null, at(0)).schedules(1, "ship", null, at(1)));
    Set<String> names =
        IntStream.range(0, 1000).mapToObj(i -> "n-" + i).collect(Collectors.toSet());

    assertThat(claimed(new Names.AllExcept(names), 100, at(1))).containsExactly("ship");
  }
}
