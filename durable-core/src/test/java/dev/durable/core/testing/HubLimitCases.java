package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityClaim.Names;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.HubLimit.Rate;
import dev.durable.core.store.Lease;
import dev.durable.core.store.TaskHubStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts for an activity over all nodes of a hub. */
abstract class HubLimitCases extends SeveralNodes {

  private static final HubLimit TWO_AT_ONCE = new HubLimit(2, null);
  private static final HubLimit THREE_A_MINUTE =
      new HubLimit(null, new Rate(3, Duration.ofMinutes(1)));

  private void schedule(int count) {
    create(ORDER, at(0));
    EpisodeDraft draft = EpisodeDraft.of(claimOne(at(0)), at(0));
    for (int i = 0; i < count; i++) {
      draft.schedules(i, "charge", null, at(0));
    }
    write(draft.schedules(count, "ship", null, at(0)));
  }

  private List<ActivityWorkItem> claim(HubLimit limit, int max, Instant now) {
    return claim(open(), "node-a", limit, max, now);
  }

  private static List<ActivityWorkItem> claim(
      TaskHubStore store, String node, HubLimit limit, int max, Instant now) {
    return store.claimActivities(
        new ActivityClaim(request(node, now, max), new Names.Only("charge"), limit));
  }

  private void complete(ActivityWorkItem item, Instant at) {
    commit(completing(item, null, at));
  }

  // ---- concurrency

  @Test
  void noMoreAreLeasedThanTheLimitSaysWhoeverClaims() {
    schedule(5);

    assertThat(claim(open(), "node-a", TWO_AT_ONCE, 1, at(0))).hasSize(1);
    assertThat(claim(open(), "node-b", TWO_AT_ONCE, 9, at(0))).hasSize(1);
    assertThat(claim(open(), "node-c", TWO_AT_ONCE, 9, at(1))).isEmpty();
  }

  @Test
  void aPlaceIsFreeAfterACompletionWhenATaskIsGivenBackAndAtTheEndOfALease() {
    schedule(9);
    List<ActivityWorkItem> two = claim(TWO_AT_ONCE, 9, at(0));
    assertThat(two).hasSize(2);

    complete(two.get(0), at(1));
    List<ActivityWorkItem> third = claim(TWO_AT_ONCE, 9, at(1));
    assertThat(third).hasSize(1);

    open().unclaim(List.of((Lease) third.get(0).lease()), at(100));
    assertThat(claim(TWO_AT_ONCE, 9, at(2))).hasSize(1);
    assertThat(claim(TWO_AT_ONCE, 9, at(29))).isEmpty();

    // One of the first two is still leased, and so is the last one; at 30 the former's lease ends.
    assertThat(claim(TWO_AT_ONCE, 9, at(30))).hasSize(1);
    assertThat(claim(TWO_AT_ONCE, 9, at(31))).isEmpty();
    assertThat(claim(TWO_AT_ONCE, 9, at(32))).hasSize(1);
  }

  @Test
  void aRenewedLeaseCountsOn() {
    schedule(3);
    List<ActivityWorkItem> two = claim(TWO_AT_ONCE, 9, at(0));
    open().renew(two.stream().map(item -> (Lease) item.lease()).toList(), at(60));

    assertThat(claim(TWO_AT_ONCE, 9, at(59))).isEmpty();
    assertThat(claim(TWO_AT_ONCE, 9, at(60))).hasSize(2);
  }

  @Test
  void whatIsLeasedOfOtherNamesDoesNotCount() {
    schedule(3);
    assertThat(
            open()
                .claimActivities(
                    new ActivityClaim(request("node-a", at(0), 9), new Names.Only("ship"), null)))
        .hasSize(1);

    assertThat(claim(TWO_AT_ONCE, 9, at(0))).hasSize(2);
  }

  @Test
  void whatWasClaimedWithoutALimitCounts() {
    schedule(3);
    assertThat(
            open()
                .claimActivities(
                    new ActivityClaim(request("node-a", at(0), 1), new Names.Only("charge"), null)))
        .hasSize(1);

    assertThat(claim(TWO_AT_ONCE, 9, at(0))).hasSize(1);
  }

  // ---- rate

  @Test
  void noMoreAreStartedInAPeriodThanTheRateSays() {
    schedule(20);

    assertThat(claim(THREE_A_MINUTE, 2, at(0))).hasSize(2);
    assertThat(claim(THREE_A_MINUTE, 9, at(10))).hasSize(1);
    assertThat(claim(THREE_A_MINUTE, 9, at(59))).isEmpty();
  }

  @Test
  void whatWasStartedLongAgoCountsNoMore() {
    schedule(20);
    assertThat(claim(THREE_A_MINUTE, 2, at(0))).hasSize(2);
    assertThat(claim(THREE_A_MINUTE, 9, at(30))).hasSize(1);

    // A start counts for a tenth of the period longer, at most.
    assertThat(claim(THREE_A_MINUTE, 9, at(66))).hasSize(2);
    assertThat(claim(THREE_A_MINUTE, 9, at(89))).isEmpty();
    assertThat(claim(THREE_A_MINUTE, 9, at(96))).hasSize(1);
  }

  @Test
  void aTaskThatIsClaimedAgainIsStartedAgain() {
    schedule(1);
    for (int i = 0; i < 3; i++) {
      List<ActivityWorkItem> items = claim(THREE_A_MINUTE, 9, at(i));
      assertThat(items).hasSize(1);
      open().release(List.of((Lease) items.get(0).lease()), at(i + 1));
    }

    assertThat(claim(THREE_A_MINUTE, 9, at(3))).isEmpty();
    assertThat(claim(THREE_A_MINUTE, 9, at(67))).hasSize(1);
  }

  @Test
  void aClaimThatFindsNothingStartsNothing() {
    create(ORDER, at(0));
    for (int i = 0; i < 10; i++) {
      assertThat(claim(THREE_A_MINUTE, 9, at(i))).isEmpty();
    }
    write(
        EpisodeDraft.of(claimOne(at(10)), at(10))
            .schedules(0, "charge", null, at(10))
            .schedules(1, "charge", null, at(10))
            .schedules(2, "charge", null, at(10)));

    assertThat(claim(THREE_A_MINUTE, 9, at(10))).hasSize(3);
  }

  @Test
  void bothLimitsAreKept() {
    schedule(20);
    HubLimit both = new HubLimit(2, new Rate(3, Duration.ofMinutes(1)));

    List<ActivityWorkItem> two = claim(both, 9, at(0));
    assertThat(two).hasSize(2);
    two.forEach(item -> complete(item, at(1)));
    assertThat(claim(both, 9, at(1))).hasSize(1);
    assertThat(claim(both, 9, at(2))).isEmpty();
  }

  @Test
  void anotherRateTakesWhatWasStartedIntoAccount() {
    schedule(20);
    assertThat(claim(THREE_A_MINUTE, 9, at(0))).hasSize(3);
    HubLimit fiveInTenSeconds = new HubLimit(null, new Rate(5, Duration.ofSeconds(10)));

    assertThat(claim(fiveInTenSeconds, 9, at(5))).hasSize(2);
    assertThat(claim(fiveInTenSeconds, 9, at(6))).isEmpty();
    assertThat(claim(fiveInTenSeconds, 9, at(40))).hasSize(5);
  }

  // ---- several nodes

  @Test
  void nodesThatClaimAtTheSameMomentLeaseNoMoreTogetherThanTheLimitSays() throws Exception {
    schedule(40);
    HubLimit five = new HubLimit(5, null);

    List<List<ActivityWorkItem>> claimed =
        atOnce(
            number -> {
              TaskHubStore store = open();
              List<ActivityWorkItem> mine = new ArrayList<>();
              for (int i = 0; i < 10; i++) {
                mine.addAll(trying(() -> claim(store, "node-" + number, five, 2, at(1))));
              }
              return mine;
            });

    assertThat(claimed.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(5);
  }

  @Test
  void nodesThatClaimAtTheSameMomentStartNoMoreTogetherThanTheRateSays() throws Exception {
    schedule(40);
    HubLimit seven = new HubLimit(null, new Rate(7, Duration.ofMinutes(1)));

    List<List<ActivityWorkItem>> claimed =
        atOnce(
            number -> {
              TaskHubStore store = open();
              List<ActivityWorkItem> mine = new ArrayList<>();
              for (int i = 0; i < 10; i++) {
                List<ActivityWorkItem> items =
                    trying(() -> claim(store, "node-" + number, seven, 2, at(1)));
                items.forEach(item -> trying(() -> commit(completing(item, null, at(1)))));
                mine.addAll(items);
              }
              return mine;
            });

    assertThat(claimed.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(7);
  }
}
