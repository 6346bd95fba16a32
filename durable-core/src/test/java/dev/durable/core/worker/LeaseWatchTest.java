package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.ActivityOptions;
import dev.durable.TerminateOptions;
import dev.durable.core.spi.CurrentActivity;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.testing.Counter;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node knows when its leases end, and gives up before that what it has not renewed. */
class LeaseWatchTest extends AtWork {

  private static final Duration LEASE = Town.OPTIONS.leaseTimeout();
  private static final Duration MARGIN = SECOND;

  /** Does what the test says while a claim or a renewal is under way. */
  private final class SlowStore extends ForwardingStore {

    Runnable duringClaims = () -> {};
    Runnable duringRenewals = () -> {};
    boolean fails;

    SlowStore() {
      super(town.store);
    }

    @Override
    public List<ActivityWorkItem> claimActivities(ActivityClaim claim) {
      List<ActivityWorkItem> claimed = super.claimActivities(claim);
      duringClaims.run();
      return claimed;
    }

    @Override
    public List<Lease> renew(Collection<? extends Lease> leases, Instant until) {
      duringRenewals.run();
      if (fails) {
        throw new IllegalStateException("pretended");
      }
      return super.renew(leases, until);
    }
  }

  private final SlowStore slow = new SlowStore();

  private Inhabitant claimWork(TaskHubOptions options, String... instances) {
    orchestrator(ActivityOptions.defaults());
    for (String instance : instances) {
      town.start(instance);
    }
    Inhabitant a = town.node("a", slow, options);
    a.node.poll();
    while (a.loops.waiting() + a.episodes.waiting() > 0) {
      a.loops.runAll();
      a.episodes.runAll();
    }
    return a;
  }

  @Test
  void aLeaseThatNobodyRenewsIsGivenUpShortlyBeforeItEnds() {
    Inhabitant a = claimWork(Town.OPTIONS, "order-1");

    town.pass(LEASE.minus(MARGIN).minusMillis(1));
    a.node.watchLeases();
    assertThat(a.node.activeLeases()).isEqualTo(1);
    town.pass(Duration.ofMillis(1));
    a.node.watchLeases();

    assertThat(a.node.activeLeases()).isZero();
    assertThat(town.log).last().isEqualTo("a lost order-1");
  }

  @Test
  void aLeaseBeginsWhenItsClaimIsSentAndNotWhenItIsAnswered() {
    slow.duringClaims = () -> town.pass(SECOND);
    Inhabitant a = claimWork(Town.with(FastLanes.NONE, Town.OPTIONS), "order-1");
    town.pass(LEASE.minus(SECOND).minus(MARGIN));
    a.node.watchLeases();

    assertThat(a.node.activeLeases()).isZero();
  }

  @Test
  void anActivityThatLosesItsLeaseIsToldAndWhatItThrowsIsNoAnswer() {
    Inhabitant a = claimWork(Town.OPTIONS, "order-1");
    working(
        () -> {
          town.pass(LEASE.minus(MARGIN));
          a.node.watchLeases();
          assertThat(Thread.currentThread().isInterrupted()).isTrue();
        });
    a.run();
    town.functions.activity("work", () -> "delivery " + CurrentActivity.get().delivery());
    town.pass(MARGIN);
    town.node("b").poll();

    assertThat(seen).containsExactly("its lease was lost");
    assertThat(output()).isEqualTo("\"delivery 2\"");
    assertThat(town.history("order-1")).doesNotContain("TaskFailed");
  }

  @Test
  void whatItReturnsAllTheSameIsAnAnswerIfNobodyWasQuicker() {
    Inhabitant a = claimWork(Town.OPTIONS, "order-1");
    town.functions.activity(
        "work",
        () -> {
          town.pass(LEASE.minus(MARGIN));
          a.node.watchLeases();
          return "in spite of it";
        });
    a.run();

    assertThat(output()).isEqualTo("\"in spite of it\"");
  }

  @Test
  void whatHasNotBegunBeforeItsLeaseIsGivenUpNeverBegins() {
    town.functions
        .entity(Counter.class)
        .orchestrator("sample", ctx -> seen.add("orchestrator"))
        .activity("work", () -> seen.add("activity"));
    town.start("order-1");
    town.client().signalEntity(Counter.id("a"), Counter::add, 1);
    Inhabitant a = town.node("a");
    a.node.poll();
    a.loops.runAll();
    town.pass(LEASE.minus(MARGIN));
    a.node.watchLeases();
    a.run();
    Inhabitant b = claimWork(Town.OPTIONS, "order-2");
    town.pass(LEASE.minus(MARGIN));
    b.node.watchLeases();
    b.run();

    assertThat(seen).isEmpty();
    assertThat(town.batches).isEmpty();
    assertThat(town.log)
        .filteredOn(line -> line.contains("lost"))
        .containsExactlyInAnyOrder("a lost order-1", "a lost @counter@a", "a lost order-2");
  }

  @Test
  void aProcessThatWasFrozenBeginsNothingOfWhatItHadClaimed() {
    town.functions.activity("work", () -> seen.add("begun"));
    Inhabitant a = claimWork(Town.slots(1, 1, 1), "order-1");
    town.pass(LEASE);
    a.activities.runAll();

    assertThat(seen).isEmpty();
    assertThat(town.log).last().isEqualTo("a lost order-1");
    assertThat(a.node.activeLeases()).isZero();
    a.poll();
    assertThat(seen).as("its slot is free").containsExactly("begun");
  }

  @Test
  void theSlotOfWhatIsGivenUpIsFreeAtOnceAndFreedOnce() {
    Inhabitant a = claimWork(Town.slots(1, 1, 1), "order-1", "order-2", "order-3");
    List<Integer> atOnce = new ArrayList<>();
    town.functions.activity(
        "work",
        () -> {
          if (seen.isEmpty()) {
            seen.add("first");
            town.pass(LEASE.minus(MARGIN));
            a.node.watchLeases();
            a.loops.runAll();
          }
          atOnce.add(a.activities.waiting());
          return "done";
        });
    a.run();

    assertThat(atOnce).as("claimed and not begun").containsExactly(1, 0, 0);
    a.loops.runAll();
    assertThat(town.status("order-3").output()).isEqualTo("\"done\"");
    assertThat(a.node.activeLeases()).isZero();
  }

  @Test
  void whatIsWithTheStoreStaysThereAndTheFenceDecides() {
    town.functions.activity("work", () -> "done");
    Inhabitant a = claimWork(Town.OPTIONS, "order-1");
    a.activities.runAll();
    town.pass(LEASE);
    a.node.watchLeases();
    assertThat(town.log).doesNotContain("a lost order-1");
    a.run();

    assertThat(output()).isEqualTo("\"done\"");
  }

  // ---- renewal

  @Test
  void aRenewalMovesTheEndsOfThoseThatItRenewed() {
    Inhabitant a = claimWork(Town.OPTIONS, "order-1", "order-2");
    town.pass(LEASE.dividedBy(2));
    town.client().terminate("order-1", TerminateOptions.because("no").forced());
    assertThat(a.node.renewLeases()).isTrue();
    town.log.clear();
    town.pass(LEASE.dividedBy(2));
    a.node.watchLeases();
    assertThat(town.log).containsExactly("a lost order-1");

    town.pass(LEASE.dividedBy(2).minus(MARGIN));
    a.node.watchLeases();
    assertThat(town.log).containsExactly("a lost order-1", "a lost order-2");
  }

  @Test
  void aRenewalThatFailsSaysSoAndMovesNothing() {
    Inhabitant a = claimWork(Town.OPTIONS, "order-1");
    town.pass(LEASE.dividedBy(2));
    slow.fails = true;
    assertThat(a.node.renewLeases()).isFalse();
    town.pass(LEASE.dividedBy(2).minus(MARGIN));
    a.node.watchLeases();

    assertThat(town.log).last().isEqualTo("a lost order-1");
  }

  @Test
  void aRenewalThatSucceedsAtTheSecondTryKeepsTheLease() {
    Inhabitant a = claimWork(Town.OPTIONS, "order-1");
    town.pass(LEASE.dividedBy(2));
    slow.fails = true;
    a.node.renewLeases();
    slow.fails = false;
    assertThat(a.node.renewLeases()).isTrue();
    town.pass(LEASE.dividedBy(2));
    a.node.watchLeases();

    assertThat(a.node.activeLeases()).isEqualTo(1);
  }

  @Test
  void whatHasEndedIsNotRenewedButGivenUp() {
    Inhabitant a = claimWork(Town.OPTIONS, "order-1");
    List<String> renewals = new ArrayList<>();
    slow.duringRenewals = () -> renewals.add("renewal");
    town.pass(LEASE);
    a.node.renewLeases();

    assertThat(renewals).isEmpty();
    assertThat(town.log).last().isEqualTo("a lost order-1");
  }

  @Test
  void aRenewalThatComesTooLateLeavesTheWorkToOthersAtOnce() {
    town.functions.activity("work", () -> "done");
    Inhabitant a = claimWork(Town.OPTIONS, "order-1");
    slow.duringRenewals =
        () -> {
          town.pass(LEASE.minus(MARGIN));
          a.node.watchLeases();
        };
    a.node.renewLeases();
    town.node("b").poll();

    assertThat(output()).isEqualTo("\"done\"");
  }
}
