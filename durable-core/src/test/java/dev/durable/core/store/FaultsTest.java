package dev.durable.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.StartPolicy;
import dev.durable.core.testing.Faults;
import dev.durable.core.testing.FaultyTaskHubStore;
import dev.durable.core.testing.SimulatedCrash;
import dev.durable.core.testing.SimulatedFailure;
import dev.durable.core.testing.SimulatedOutage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final InMemoryTaskHub hub = new InMemoryTaskHub();
  private final Chosen faults = new Chosen();
  private final TaskHubStore store = new FaultyTaskHubStore(hub.open(), faults);

  private static final class Chosen implements Faults {
    private final List<Runnable> late = new ArrayList<>();
    private Fault fault = Fault.NONE;
    private boolean again;
    private boolean lost;

    @Override
    public Fault next(String call) {
      return fault;
    }

    @Override
    public boolean deliversAgain() {
      return again;
    }

    @Override
    public boolean losesLease() {
      return lost;
    }

    @Override
    public void later(Runnable call) {
      late.add(call);
    }
  }

  private void create() {
    store.create(
        new NewInstance("i", "e1", "script", null, NOW, NOW, null), StartPolicy.REPLACE_FINISHED);
  }

  private List<InstanceWorkItem> claim() {
    return store.claimInstances(
        InstanceClaim.any(new Claim("node", NOW, NOW.plus(Duration.ofSeconds(30)), 10)));
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILS_BEFORE", "CRASHES_BEFORE"})
  void aCallThatNeverArrivesChangesNothing(Faults.Fault fault) {
    faults.fault = fault;
    assertThatThrownBy(this::create)
        .isInstanceOfAny(SimulatedFailure.class, SimulatedOutage.class, SimulatedCrash.class);
    assertThat(hub.contents()).isEmpty();
    assertThat(faults.late).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILS_AFTER", "CRASHES_AFTER"})
  void aCallWithoutAnswerIsExecuted(Faults.Fault fault) {
    faults.fault = fault;
    assertThatThrownBy(this::create)
        .isInstanceOfAny(SimulatedFailure.class, SimulatedOutage.class, SimulatedCrash.class);
    assertThat(hub.contents()).hasSize(1);
    assertThat(faults.late).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILS_AND_ARRIVES_LATE", "CRASHES_AND_ARRIVES_LATE"})
  void aLateCallIsExecutedAfterItsCallerHasGivenUp(Faults.Fault fault) {
    faults.fault = fault;
    assertThatThrownBy(this::create)
        .isInstanceOfAny(SimulatedFailure.class, SimulatedOutage.class, SimulatedCrash.class);
    assertThat(hub.contents()).isEmpty();
    faults.late.forEach(Runnable::run);
    assertThat(hub.contents()).hasSize(1);
  }

  @Test
  void aLostLeaseIsGivenToTheNextWhoAsks() {
    create();
    faults.lost = true;
    assertThat(claim()).hasSize(1);
    assertThat(claim()).hasSize(1);
    faults.lost = false;
    assertThat(claim()).hasSize(1);
    assertThat(claim()).isEmpty();
  }

  @Test
  void aDuplicateIsTheSameMessageOnceMore() {
    create();
    faults.again = true;
    assertThat(claim().get(0).inbox())
        .hasSize(2)
        .allSatisfy(
            message -> assertThat(message.message().messageId()).isEqualTo(Message.startId(1)));
  }
}
