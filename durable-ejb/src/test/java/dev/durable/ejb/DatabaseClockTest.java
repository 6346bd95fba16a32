package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  /** A database some way off. Its clock and ours go on with each message. */
  private static final class Database {
    long nanos = 5_000;
    Instant time = NOON;
    Duration way = Duration.ZERO;

    Instant read() {
      pass(way);
      Instant answer = time;
      pass(way);
      return answer;
    }

    void pass(Duration duration) {
      nanos += duration.toNanos();
      time = time.plus(duration);
    }

    DatabaseClock clock() {
      return new DatabaseClock(this::read, () -> nanos);
    }
  }

  @Test
  void itGoesOnWithoutAskingAgain() {
    Database database = new Database();
    DatabaseClock clock = database.clock();

    database.pass(Duration.ofSeconds(90));

    assertThat(clock.instant())
        .isEqualTo(NOON.plusSeconds(90).minusMillis(45)); // one part in 2,000 slower
  }

  @Test
  void itIsNeverEarlyHoweverLongTheAnswerTook() {
    Database database = new Database();
    database.way = Duration.ofMillis(400);

    DatabaseClock clock = database.clock();

    assertThat(clock.instant()).isEqualTo(database.time.minusMillis(400));
  }

  @Test
  void aQuickAnswerCorrectsASlowOne() {
    Database database = new Database();
    database.way = Duration.ofMillis(400);
    DatabaseClock clock = database.clock();
    database.way = Duration.ofMillis(1);

    clock.refresh();

    assertThat(clock.instant()).isEqualTo(database.time.minusMillis(1));
  }

  @Test
  void aSlowAnswerDoesNotSpoilAQuickOne() {
    Database database = new Database();
    database.way = Duration.ofMillis(1);
    DatabaseClock clock = database.clock();
    database.way = Duration.ofMillis(400);

    clock.refresh();

    assertThat(clock.instant())
        .isBetween(database.time.minusMillis(2), database.time.minusMillis(1));
  }

  @Test
  void itFollowsADatabaseWhoseClockWasSetForward() {
    Database database = new Database();
    DatabaseClock clock = database.clock();
    database.time = database.time.plusSeconds(60);

    clock.refresh();

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void itStandsStillUntilADatabaseWhoseClockWasSetBackHasCaughtUp() {
    Database database = new Database();
    DatabaseClock clock = database.clock();
    assertThat(clock.instant()).isEqualTo(NOON);
    database.time = database.time.minusSeconds(60);

    clock.refresh();
    database.pass(Duration.ofSeconds(59));
    Instant standing = clock.instant();
    database.pass(Duration.ofSeconds(3));

    assertThat(standing).isEqualTo(NOON);
    assertThat(clock.instant()).isBetween(NOON.plusMillis(1_900), NOON.plusSeconds(2));
  }

  @Test
  void itIsNeverEarlyAlthoughOurClockIsTheQuickerOne() {
    Database database = new Database();
    database.way = Duration.ofMillis(5);
    DatabaseClock clock = database.clock();

    for (int i = 0; i < 100; i++) {
      database.pass(Duration.ofSeconds(10));
      database.nanos += Duration.ofMillis(1).toNanos(); // 100 parts in a million
      assertThat(clock.instant()).isBeforeOrEqualTo(database.time);
      clock.refresh();
    }
  }
}
