package dev.durable.it.diary;

import dev.durable.DurableTimer;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.Task;
import dev.durable.TaskTimeoutException;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** Orchestrators that keep a diary. */
@ApplicationScoped
public class DiaryOrchestrators {

  /** Where they log. */
  static final String LOGGER = "dev.durable.it.diary";

  /** What came first: the visitor, or the evening. */
  @Orchestrator("first-of-two")
  public String firstOfTwo(OrchestrationContext ctx) {
    Task<String> visitor = ctx.waitForEvent("visitor", String.class);
    DurableTimer evening = ctx.createTimer(Duration.ofDays(1000));
    boolean visited = ctx.anyOf(visitor, evening).await() == visitor;
    evening.cancel();
    return visited ? visitor.await() : "nobody";
  }

  @Orchestrator("wait-for-nobody")
  public String waitForNobody(OrchestrationContext ctx) {
    ctx.createTimer(Duration.ofMillis(50)).await();
    try {
      return ctx.waitForEvent("visitor", String.class).await(Duration.ofMillis(50));
    } catch (TaskTimeoutException e) {
      return "nobody";
    }
  }

  /** The visitors in the order in which they come. */
  @Orchestrator("guest-book")
  public String guestBook(OrchestrationContext ctx) {
    List<Task<String>> visitors =
        List.of(
            ctx.waitForEvent("ada", String.class),
            ctx.waitForEvent("bob", String.class),
            ctx.waitForEvent("cyd", String.class));
    StringBuilder book = new StringBuilder();
    for (Task<String> next : ctx.inCompletionOrder(visitors)) {
      book.append(next.await());
      ctx.setCustomStatus(book.toString());
    }
    return book.toString();
  }

  /** What must be the same each time this code runs; it is shown before and after a wait. */
  @Orchestrator("same-each-time")
  public String sameEachTime(OrchestrationContext ctx) {
    String facts = ctx.newUuid() + " " + ctx.newRandom().nextLong() + " " + ctx.currentInstant();
    ctx.logger(LOGGER).log(Level.INFO, "begun " + ctx.instanceId());
    ctx.setCustomStatus(facts);
    ctx.waitForEvent("go on", Void.class).await();
    ctx.logger(LOGGER).log(Level.INFO, "ended " + ctx.instanceId());
    return facts;
  }

  /** Goes on until it has seen three visitors. */
  @Orchestrator("a-visitor-a-day")
  public String aVisitorADay(OrchestrationContext ctx, String soFar) {
    String all = soFar + ctx.waitForEvent("visitor", String.class).await();
    if (all.length() < 3) {
      throw ctx.continueAsNew(all);
    }
    return all;
  }

  /** Goes on for ever in one life. */
  @Orchestrator("never-continues-as-new")
  public String neverContinuesAsNew(OrchestrationContext ctx) {
    while (true) {
      ctx.waitForEvent("visitor", String.class).await();
    }
  }
}
