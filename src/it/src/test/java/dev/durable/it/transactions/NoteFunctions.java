package dev.durable.it.transactions;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.RetryPolicy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Duration;

/** Activities that write a note, and end in every way that there is. */
@ApplicationScoped
public class NoteFunctions {

  /** Which activity is to write about what, in how many attempts at most. */
  public record Assignment(String activity, String about, int attempts) {}

  @Inject Notes notes;
  @Inject Attempts attempts;
  @Resource TransactionSynchronizationRegistry transactions;

  @Orchestrator("assign")
  public String assign(OrchestrationContext ctx, Assignment assignment) {
    RetryPolicy retries = RetryPolicy.fixed(assignment.attempts(), Duration.ofMillis(10));
    return ctx.<String>call(assignment.activity(), assignment.about(), String.class, retries)
        .await();
  }

  @Orchestrator("wait-for-word")
  public String waitForWord(OrchestrationContext ctx) {
    return ctx.waitForEvent("word", String.class).await();
  }

  @Activity("write")
  @Transactional
  public String write(String about) {
    notes.write(about);
    return "attempt " + attempts.begin(about);
  }

  @Activity("write-and-throw")
  @Transactional
  public String writeAndThrow(String about) {
    notes.write(about);
    throw new IllegalStateException("attempt " + attempts.begin(about));
  }

  @Activity("write-and-throw-checked")
  @Transactional
  public String writeAndThrowChecked(String about) throws IOException {
    notes.write(about);
    throw new IOException("attempt " + attempts.begin(about));
  }

  @Activity("write-and-mark")
  @Transactional
  public String writeAndMark(String about) {
    notes.write(about);
    transactions.setRollbackOnly();
    return "attempt " + attempts.begin(about);
  }

  @Activity("succeed-at-third-attempt")
  @Transactional
  public String succeedAtThirdAttempt(String about) {
    notes.write(about);
    int attempt = attempts.begin(about);
    if (attempt < 3) {
      throw new IllegalStateException("attempt " + attempt);
    }
    return "attempt " + attempt;
  }

  /** Writes, then does not end before the test wants it to. */
  @Activity("write-and-linger")
  @Transactional
  public String writeAndLinger(String about) {
    notes.write(about);
    int number = attempts.begin(about);
    Attempt attempt = attempts.attempt(about, number);
    transactions.registerInterposedSynchronization(attempt);
    attempt.linger();
    return "attempt " + number;
  }
}
