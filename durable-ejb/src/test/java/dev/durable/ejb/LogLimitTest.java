package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.ejb.LogLimit.Answer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogLimitTest {

  private final AtomicLong nanos = new AtomicLong(-77);
  private final LogLimit limit = new LogLimit(2, Duration.ofSeconds(10), nanos::get);

  @Test
  void onlyTheFirstLinesOfAnIntervalAreWritten() {
    assertThat(limit.ask()).isEqualTo(new Answer(true, 0));
    assertThat(limit.ask()).isEqualTo(new Answer(true, 0));
    assertThat(limit.ask()).isEqualTo(new Answer(false, 0));
    assertThat(limit.ask()).isEqualTo(new Answer(false, 0));
  }

  @Test
  void theNextIntervalTellsOnceHowManyWereLeftOut() {
    for (int i = 0; i < 5; i++) {
      limit.ask();
    }

    nanos.addAndGet(Duration.ofSeconds(10).toNanos());

    assertThat(limit.ask()).isEqualTo(new Answer(true, 3));
    assertThat(limit.ask()).isEqualTo(new Answer(true, 0));
  }
}
