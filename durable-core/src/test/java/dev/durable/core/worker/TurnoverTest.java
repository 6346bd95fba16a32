package dev.durable.core.worker;

import static dev.durable.core.testing.Histories.T0;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TurnoverTest {

  private Turnover turnover = new Turnover(10);
  private Instant now = T0;

  private void slotsAreTakenFor(Duration time, int times) {
    for (int i = 0; i < times; i++) {
      Instant from = now;
      now = now.plus(time);
      turnover.freed(from, now);
    }
  }

  private int roomAfter(long millis) {
    turnover = new Turnover(10);
    slotsAreTakenFor(Duration.ofMillis(millis), 100);
    return turnover.room(now);
  }

  @Test
  void ofWhichNothingIsKnownHasNoRoom() {
    assertThat(turnover.room(now)).isZero();
  }

  @Test
  void whateverWaitsHasItsSlotSoon() {
    assertThat(roomAfter(10)).as("one more round").isEqualTo(10);
    assertThat(roomAfter(5)).as("three more").isEqualTo(30);
    assertThat(roomAfter(16)).as("a quarter of one").isEqualTo(2);
  }

  @Test
  void longOnesLeaveNoRoom() {
    assertThat(roomAfter(20)).isZero();
    assertThat(roomAfter(60_000)).isZero();
  }

  @Test
  void howeverShortTheyAreTheRoomHasAnEnd() {
    assertThat(roomAfter(0)).isEqualTo(80);
    assertThat(roomAfter(1)).isEqualTo(80);
  }

  @Test
  void thereIsNoRoomWhereNoSlotHasBecomeFreeLately() {
    slotsAreTakenFor(Duration.ofMillis(1), 3);

    assertThat(turnover.room(now.plus(Turnover.SOON))).isPositive();
    assertThat(turnover.room(now.plus(Turnover.SOON).plusNanos(1))).isZero();
  }

  @Test
  void whatHasWaitedInVainClosesItUntilSlotsHaveBeenQuickForAWhile() {
    slotsAreTakenFor(Duration.ofMillis(1), 100);
    turnover.waitedInVain(Duration.ofMillis(100));
    assertThat(turnover.room(now)).isZero();
    slotsAreTakenFor(Duration.ofMillis(1), 5);
    assertThat(turnover.room(now)).isZero();
    slotsAreTakenFor(Duration.ofMillis(1), 30);

    assertThat(turnover.room(now)).isPositive();
  }

  @Test
  void aLongOneAmongShortOnesClosesItForAWhile() {
    slotsAreTakenFor(Duration.ofMillis(1), 100);
    slotsAreTakenFor(Duration.ofSeconds(10), 1);
    slotsAreTakenFor(Duration.ofMillis(1), 20);
    assertThat(turnover.room(now)).isZero();
    slotsAreTakenFor(Duration.ofMillis(1), 60);

    assertThat(turnover.room(now)).isPositive();
  }

  @Test
  void aClockThatStandsStillDoesNoHarm() {
    turnover.freed(T0, T0);
    turnover.freed(T0.plusSeconds(1), T0);

    assertThat(turnover.room(T0)).isEqualTo(80);
  }
}
