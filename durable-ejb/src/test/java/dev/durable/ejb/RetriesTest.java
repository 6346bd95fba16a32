package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetriesTest {

  private final AtomicInteger tries = new AtomicInteger();

  private int failUntil(int success) {
    if (tries.incrementAndGet() < success) {
      throw new IllegalStateException("try " + tries.get());
    }
    return tries.get();
  }

  @Test
  void itTriesUntilItSucceeds() {
    assertThat(Retries.call(() -> failUntil(6), e -> true)).isEqualTo(6);
  }

  @Test
  void itGivesUpAfterSixTries() {
    assertThatThrownBy(() -> Retries.call(() -> failUntil(7), e -> true)).hasMessage("try 6");
  }

  @Test
  void whatIsNotWorthItIsThrownAtOnce() {
    assertThatThrownBy(() -> Retries.call(() -> failUntil(2), e -> false)).hasMessage("try 1");
  }
}
