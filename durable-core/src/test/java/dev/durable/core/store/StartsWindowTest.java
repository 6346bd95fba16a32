package dev.durable.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.store.HubLimit.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StartsWindowTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final Rate FIVE_A_SECOND = new Rate(5, Duration.ofSeconds(1));

  private static Rate anyRate(SplittableRandom random) {
    return new Rate(random.nextInt(1, 20), Duration.ofMillis(random.nextInt(1_000, 20_000)));
  }

  /** No start in a time of the period's length, wherever it begins, is one too many. */
  private static void assertKept(List<Instant> starts, Rate rate, long seed) {
    for (int i = 0; i + rate.count() < starts.size(); i++) {
      assertThat(Duration.between(starts.get(i), starts.get(i + rate.count())))
          .as("%s, seed %d, start %d", rate, seed, i)
          .isGreaterThanOrEqualTo(rate.period());
    }
  }

  @Test
  void theRateIsKeptInEveryWindowHoweverGreedyItsUsersAre() {
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Rate rate = anyRate(random);
      List<Instant> starts = new ArrayList<>();
      String text = "";
      Instant now = NOW.plusMillis(random.nextInt(100_000));
      for (int i = 0; i < 200; i++) {
        now = now.plusMillis(random.nextInt((int) rate.period().toMillis() / 4));
        StartsWindow window = StartsWindow.parse(text, rate, now);
        int count = Math.min(window.allowed(rate, now), random.nextInt(1, rate.count() + 1));
        for (int started = 0; started < count; started++) {
          starts.add(now);
        }
        text = window.plus(count, now).text();
      }
      assertThat(starts).as("seed %d", seed).hasSizeGreaterThan(rate.count());
      assertKept(starts, rate, seed);
    }
  }

  @Test
  void aNewRateOfAShorterPeriodIsKeptFromTheMomentThatItChanges() {
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Rate after = anyRate(random);
      Rate before =
          new Rate(random.nextInt(1, 20), after.period().plusMillis(random.nextInt(0, 20_000)));
      List<Instant> starts = new ArrayList<>();
      String text = "";
      Instant now = NOW;
      int changedAt = -1;
      for (int i = 0; i < 100; i++) {
        Rate rate = i < 50 ? before : after;
        now = now.plusMillis(random.nextInt(500));
        StartsWindow window = StartsWindow.parse(text, rate, now);
        int count = window.allowed(rate, now);
        if (i >= 50 && count > 0 && changedAt < 0) {
          changedAt = starts.size();
        }
        for (int started = 0; started < count; started++) {
          starts.add(now);
        }
        text = window.plus(count, now).text();
      }
      if (changedAt >= 0) {
        // Every window that ends with a start under the new rate.
        for (int i = Math.max(changedAt, after.count()); i < starts.size(); i++) {
          assertThat(Duration.between(starts.get(i - after.count()), starts.get(i)))
              .as("%s then %s, seed %d, start %d", before, after, seed, i)
              .isGreaterThanOrEqualTo(after.period());
        }
      }
    }
  }

  @Test
  void aStartIsForgottenAfterThePeriodAndATenthOfIt() {
    StartsWindow full = StartsWindow.empty(FIVE_A_SECOND).plus(5, NOW);

    assertThat(full.allowed(FIVE_A_SECOND, NOW.plusMillis(999))).isZero();
    assertThat(full.allowed(FIVE_A_SECOND, NOW.plusMillis(1_100))).isEqualTo(5);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Rate rate = anyRate(random);
      StartsWindow window = StartsWindow.empty(rate);
      Instant now = NOW;
      for (int i = 0; i < random.nextInt(30); i++) {
        now = now.plusMillis(random.nextInt((int) rate.period().toMillis() / 3));
        window = window.plus(random.nextInt(4), now);
      }
      assertThat(StartsWindow.parse(window.text(), rate, now))
          .as("seed %d", seed)
          .isEqualTo(window);
    }
  }

  @Test
  void aWindowStaysShortEnoughForItsColumn() {
    Rate rate = new Rate(1_000_000, Duration.ofHours(24));
    StartsWindow window = StartsWindow.empty(rate);
    Instant now = NOW;
    for (int i = 0; i < 1_000; i++) {
      now = now.plus(Duration.ofMinutes(13));
      window = window.plus(1_000_000, now);
      assertThat(window.text()).hasSizeLessThan(1_000);
    }
  }

  @Test
  void ofARateThatWasFasterOnlyWhatStillCountsIsCounted() {
    String text = StartsWindow.empty(FIVE_A_SECOND).plus(4, NOW).text();
    Rate oneAMinute = new Rate(5, Duration.ofMinutes(1));

    assertThat(
            StartsWindow.parse(text, oneAMinute, NOW.plusSeconds(30))
                .allowed(oneAMinute, NOW.plusSeconds(30)))
        .isEqualTo(1);
    assertThat(
            StartsWindow.parse(text, oneAMinute, NOW.plusSeconds(61))
                .allowed(oneAMinute, NOW.plusSeconds(61)))
        .isEqualTo(5);
  }

  @Test
  void noTextIsNoStart() {
    assertThat(StartsWindow.parse("", FIVE_A_SECOND, NOW).allowed(FIVE_A_SECOND, NOW)).isEqualTo(5);
  }

  @Test
  void aLowerCountAllowsNothingUntilEnoughIsForgotten() {
    StartsWindow full = StartsWindow.empty(FIVE_A_SECOND).plus(5, NOW);

    assertThat(full.allowed(new Rate(2, Duration.ofSeconds(1)), NOW)).isZero();
  }
}
