package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private final Patience patience = Patience.blocking();
  private final CompletableFuture<String> answer = new CompletableFuture<>();

  @Test
  void anInterruptDoesNotEndTheWaitingAndStays()
      throws ExecutionException, InterruptedException, TimeoutException {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Thread client =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              patience.await(answer, Duration.ofMinutes(1));
              seen.complete(answer.isDone() + " " + Thread.currentThread().isInterrupted());
            });
    client.start();
    while (client.getState() != Thread.State.TIMED_WAITING && !seen.isDone()) {
      Thread.onSpinWait();
    }
    client.interrupt();
    answer.complete("stored");

    assertThat(seen.get(1, TimeUnit.MINUTES)).isEqualTo("true true");
  }

  @Test
  void whatDoesNotComeIsNotWaitedForAnyLonger() {
    patience.await(answer, Duration.ofMillis(1));

    assertThat(answer).isNotDone();
  }

  @Test
  void whatFailsIsAnAnswer() {
    answer.completeExceptionally(new IllegalStateException("pretended"));
    patience.await(answer, Duration.ofMinutes(1));

    assertThat(answer).isCompletedExceptionally();
  }
}
