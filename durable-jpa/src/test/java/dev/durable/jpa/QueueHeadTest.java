package dev.durable.jpa;

import static dev.durable.jpa.QueueHead.AGAIN;
import static dev.durable.jpa.QueueHead.AT_MOST;
import static dev.durable.jpa.QueueHead.END;
import static dev.durable.jpa.QueueHead.LATE;
import static dev.durable.jpa.QueueHead.SHARE;
import static dev.durable.jpa.QueueHead.SLOW;
import static dev.durable.jpa.QueueHead.START;
import static dev.durable.jpa.QueueHead.TRUST;
import static dev.durable.jpa.QueueHead.USUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueHeadTest {

  private static final Duration DEAD = Duration.ofMillis(100);

  private long nanos = Long.MAX_VALUE - 5;
  private long now = 1_000_000;
  private final List<Long> looks = new ArrayList<>();
  private final QueueHead head = new QueueHead(1, () -> nanos);

  @Test
  void whileLooksAreQuickAllBeginAtTheBeginningAndNobodyLooksForTheFirstRow() {
    head.took(SLOW.toNanos());

    assertThat(begins(END, DEAD)).isEqualTo(START);
    assertThat(looks).isEmpty();
  }

  @Test
  void afterASlowLookTheyBeginAtTheFirstRow() {
    head.took(SLOW.toNanos() + 1);

    assertThat(begins(now - 5_000, DEAD)).isEqualTo(now - 5_000);
    assertThat(looks).containsExactly(START);
  }

  @Test
  void theyBeginALittleBeforeThePresentTimeAtTheLatest() {
    head.took(SLOW.toNanos() + 1);

    assertThat(begins(END, DEAD)).isEqualTo(now - USUAL.toMillis());
    assertThat(looks).containsExactly(START);
  }

  @Test
  void whatCameInLateIsFoundByTheNextLookForTheFirstRow() {
    head.took(SLOW.toNanos() + 1);
    begins(END, DEAD);
    long before = now;
    pass(AGAIN);

    assertThat(begins(before - 7_000, Duration.ofMillis(1))).isEqualTo(before - 7_000);
    assertThat(looks).containsExactly(START, before - LATE.toMillis());
  }

  @Test
  void inBetweenNobodyLooksForTheFirstRow() {
    head.took(SLOW.toNanos() + 1);
    long first = begins(END, DEAD);
    pass(AGAIN.minusNanos(1));

    assertThat(begins(END, DEAD)).isEqualTo(first);
    assertThat(looks).hasSize(1);
  }

  @Test
  void whateverWasWrittenWhereverIsFoundByALookFromTheBeginningWithinAShareOfTheTime() {
    head.took(SLOW.toNanos() + 1);
    begins(END, DEAD);
    pass(DEAD.multipliedBy(SHARE).minusNanos(1));
    begins(END, Duration.ZERO);
    pass(Duration.ofNanos(1));

    assertThat(begins(5, DEAD)).isEqualTo(5);
    assertThat(looks).hasSize(3).endsWith(START);
  }

  @Test
  void howeverLongThatTakesItIsDoneAfterATime() {
    head.took(SLOW.toNanos() + 1);
    begins(END, Duration.ofMinutes(1));
    pass(AT_MOST);
    begins(END, Duration.ofMinutes(1));

    assertThat(looks).containsExactly(START, START);
  }

  @Test
  void aFirstRowThatLiesBeforeIsGoneToAlsoIfTheClockWasPutBack() {
    head.took(SLOW.toNanos() + 1);
    begins(END, DEAD);
    now -= 60_000;
    pass(AGAIN);

    assertThat(begins(END, DEAD)).isEqualTo(now - USUAL.toMillis());
  }

  @Test
  void whenALookFromTheBeginningIsQuickAllBeginThereAgain() {
    head.took(SLOW.toNanos() + 1);
    begins(END, DEAD);
    pass(DEAD.multipliedBy(SHARE));

    assertThat(begins(END, SLOW)).isEqualTo(START);
    assertThat(begins(END, SLOW)).isEqualTo(START);
    assertThat(looks).hasSize(2);
  }

  @Test
  void aLookThatIsSlowForAnotherReasonMakesNobodyLookAgainAtOnce() {
    head.took(SLOW.toNanos() + 1);
    begins(END, SLOW);
    head.took(SLOW.toNanos() + 1);
    begins(END, SLOW);
    assertThat(looks).hasSize(1);

    pass(TRUST);
    head.took(SLOW.toNanos() + 1);
    begins(END, SLOW);
    assertThat(looks).hasSize(2);
  }

  @Test
  void ifALookFailsTheOthersBeginWhereWasKnownBefore() {
    head.took(SLOW.toNanos() + 1);

    assertThatThrownBy(
            () ->
                head.begins(
                    now,
                    from -> {
                      throw new IllegalStateException("no connection");
                    }))
        .hasMessage("no connection");

    assertThat(begins(END, DEAD)).isEqualTo(START);
    assertThat(looks).isEmpty();
  }

  /** If it is time for a look, it finds this and takes so long. */
  private long begins(long first, Duration takes) {
    return head.begins(
            now,
            from -> {
              looks.add(from[0]);
              nanos += takes.toNanos();
              return new long[] {first};
            })[0];
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
    now += time.toMillis();
  }
}
