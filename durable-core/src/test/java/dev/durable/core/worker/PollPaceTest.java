package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PollPaceTest {

  private static final Duration SHORTEST = Duration.ofMillis(400);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /** Takes nothing off. */
  private static final RandomGenerator EVEN = () -> 0;

  private final PollPace even = new PollPace(SHORTEST, LONGEST, EVEN);

  private Duration poll() {
    even.polled();
    return even.next();
  }

  @Test
  void afterTheFirstPollTheWaitIsTheShortest() {
    assertThat(poll()).isEqualTo(SHORTEST);
  }

  @Test
  void eachPollThatFindsNothingMakesTheWaitLongerByHalfUpToTheLongest() {
    poll();

    assertThat(Stream.generate(this::poll).limit(5).map(Duration::toMillis))
        .containsExactly(600L, 900L, 1000L, 1000L, 1000L);
  }

  @Test
  void whateverIsFoundMakesItTheShortestAtOnce() {
    for (int i = 0; i < 5; i++) {
      poll();
    }
    even.found();

    assertThat(even.next()).isEqualTo(SHORTEST);
    assertThat(poll()).isEqualTo(SHORTEST);
    assertThat(poll()).isEqualTo(Duration.ofMillis(600));
  }

  @Test
  void eachWaitIsShorterByUpToATenthAndNeverLonger() {
    PollPace pace = new PollPace(SHORTEST, LONGEST, new SplittableRandom(1));
    List<Duration> waits = Stream.generate(pace::next).limit(1_000).toList();

    assertThat(waits)
        .allMatch(wait -> wait.compareTo(SHORTEST) <= 0)
        .allMatch(wait -> wait.compareTo(Duration.ofMillis(360)) >= 0)
        .anyMatch(wait -> wait.compareTo(Duration.ofMillis(365)) < 0)
        .anyMatch(wait -> wait.compareTo(Duration.ofMillis(395)) > 0);
  }

  @Test
  void theSameRandomGivesTheSameWaits() {
    PollPace one = new PollPace(SHORTEST, LONGEST, new SplittableRandom(7));
    PollPace other = new PollPace(SHORTEST, LONGEST, new SplittableRandom(7));

    for (int i = 0; i < 10; i++) {
      assertThat(one.next()).isEqualTo(other.next());
    }
  }

  @Test
  void timesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> new PollPace(LONGEST, SHORTEST, EVEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Polls cannot be PT1S to PT0.4S apart");
    assertThatThrownBy(() -> new PollPace(Duration.ZERO, SHORTEST, EVEN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
