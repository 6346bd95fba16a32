package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoreHealthTest {

  private final AtomicLong nanos = new AtomicLong();
  private final StoreHealth health = new StoreHealth(nanos::get);

  @Test
  void itIsNotReachableBeforeTheFirstSuccess() {
    assertThat(health.isReachable()).isFalse();

    health.watch(() -> true);

    assertThat(health.isReachable()).isTrue();
  }

  @Test
  void aFailureCountsUntilTheNextSuccess() {
    health.watch(() -> true);

    assertThatThrownBy(() -> health.watch(() -> Integer.parseInt("x")))
        .isInstanceOf(NumberFormatException.class);
    assertThat(health.isReachable()).isFalse();

    health.watch(() -> true);
    assertThat(health.isReachable()).isTrue();
  }

  @Test
  void aCallThatHangsIsNoAnswer() {
    health.watch(() -> true);

    health.watch(
        () -> {
          nanos.addAndGet(Duration.ofSeconds(5).toNanos());
          assertThat(health.isReachable()).isTrue();
          nanos.addAndGet(1);
          assertThat(health.isReachable()).isFalse();
          return true;
        });

    assertThat(health.isReachable()).isTrue();
  }
}
