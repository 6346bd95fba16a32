package dev.durable.it.entities;

import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.TaskFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** Orchestrators that use entities. */
@ApplicationScoped
@SuppressWarnings("try") // locks are only held
public class EntityOrchestrators {

  /** Which operation of which account with how much. */
  public record Order(EntityId account, String operation, long amount) {}

  /** From where to where, and how much. */
  public record Transfer(EntityId from, EntityId to, long amount) {}

  @Orchestrator("add-and-get")
  public int addAndGet(OrchestrationContext ctx, EntityId counter) {
    ctx.signalEntity(counter, Counter::add, 1);
    int after = ctx.callEntity(counter, Counter::add, 4).await();
    return after * 100 + ctx.callEntity(counter, Counter::get).await();
  }

  @Orchestrator("add-unlucky")
  public String addUnlucky(OrchestrationContext ctx, EntityId counter) {
    try {
      ctx.callEntity(counter, Counter::add, 13).await();
      return "lucky";
    } catch (TaskFailedException e) {
      return e.failure().type() + ": " + e.failure().message();
    }
  }

  @Orchestrator("add-later")
  public String addLater(OrchestrationContext ctx, EntityId counter) {
    String at = ctx.currentInstant().plus(Duration.ofMillis(700)).toString();
    ctx.signalEntity(counter, Counter::add, 7, Instant.parse(at));
    return at;
  }

  @Orchestrator("order")
  public String order(OrchestrationContext ctx, Order order) {
    try {
      return ""
          + ctx.callEntity(order.account(), order.operation(), order.amount(), Long.class).await();
    } catch (TaskFailedException e) {
      return e.failure().message();
    }
  }

  @Orchestrator("transfer")
  public String transfer(OrchestrationContext ctx, Transfer transfer) {
    try (EntityLock lock = ctx.lock(transfer.from(), transfer.to())) {
      long balance = ctx.callEntity(transfer.from(), Account::balance).await();
      if (balance < transfer.amount()) {
        return "not enough";
      }
      ctx.callEntity(transfer.from(), Account::change, -transfer.amount()).await();
      ctx.callEntity(transfer.to(), Account::change, transfer.amount()).await();
      return "done";
    }
  }

  /** Locks it until the word. */
  @Orchestrator("hold")
  public int hold(OrchestrationContext ctx, EntityId counter) {
    try (EntityLock lock = ctx.lock(counter)) {
      ctx.setCustomStatus("holding");
      ctx.waitForEvent("word", String.class).await();
      return ctx.callEntity(counter, Counter::add, 1).await();
    }
  }
}
