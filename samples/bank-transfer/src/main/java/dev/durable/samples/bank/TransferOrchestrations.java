package dev.durable.samples.bank;

import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.Task;
import dev.durable.TaskFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** What is done with accounts. */
@ApplicationScoped
public class TransferOrchestrations {

  /** How many transfers are in one history. */
  static final int TRANSFERS_PER_EXECUTION = 10;

  /**
   * Opens accounts by a first deposit on each.
   *
   * @return the sum of all deposits
   * @throws InvalidTransferException if the input makes no sense; nothing was done
   */
  @Orchestrator("open-accounts")
  public long open(OrchestrationContext ctx, Opening opening) {
    Opening.check(opening);
    List<? extends Task<?>> deposits =
        Opening.first(opening.accounts()).stream()
            .map(account -> ctx.callEntity(account, Account::deposit, opening.cents()))
            .toList();
    deposits.forEach(Task::await);
    return Math.multiplyExact(opening.accounts(), opening.cents());
  }

  /**
   * Moves money from one account to another. Nobody sees it in none of them, or in both.
   *
   * @throws InvalidTransferException if the transfer makes no sense; nothing was done
   */
  @Orchestrator("transfer")
  public TransferResult transfer(OrchestrationContext ctx, Transfer transfer) {
    Transfer.check(transfer);
    return move(ctx, transfer);
  }

  @SuppressWarnings("try") // a critical section need not mention its lock
  private static TransferResult move(OrchestrationContext ctx, Transfer transfer) {
    EntityId from = Account.numbered(transfer.from());
    EntityId to = Account.numbered(transfer.to());
    try (EntityLock both = ctx.lock(from, to)) {
      try {
        ctx.callEntity(from, Account::withdraw, transfer.cents()).await();
      } catch (TaskFailedException e) {
        return refused(e);
      }
      try {
        ctx.callEntity(to, Account::deposit, transfer.cents()).await();
      } catch (TaskFailedException e) {
        ctx.callEntity(from, Account::deposit, transfer.cents()).await(); // a lock undoes nothing
        return refused(e);
      }
      return TransferResult.done();
    }
  }

  private static TransferResult refused(TaskFailedException e) {
    if (!e.failure().isCausedBy(BookingRefusedException.class)) {
      throw e; // anything else is nothing that the customer should be told
    }
    return TransferResult.refused(e.failure().message());
  }

  /**
   * Makes random transfers one after the other.
   *
   * @throws InvalidTransferException if the input makes no sense; nothing was done
   */
  @Orchestrator("transfer-load")
  public LoadReport load(OrchestrationContext ctx, TransferLoad load) {
    TransferLoad.check(load);
    // an orchestrator may roll dice only if they fall the same way in each replay
    SplittableRandom random = new SplittableRandom(load.seed());
    List<Transfer> made = new ArrayList<>();
    int now = Math.min(load.transfers(), TRANSFERS_PER_EXECUTION);
    for (int i = 0; i < now; i++) {
      Transfer transfer = any(random, load);
      if (move(ctx, transfer).made()) {
        made.add(transfer);
      }
    }
    LoadReport before = Objects.requireNonNullElse(load.before(), LoadReport.EMPTY);
    LoadReport report = before.and(made, now - made.size());
    if (now < load.transfers()) {
      throw ctx.continueAsNew(load.after(now, random.nextLong(), report));
    }
    return report;
  }

  private static Transfer any(SplittableRandom random, TransferLoad load) {
    int from = random.nextInt(load.accounts());
    int to = (from + random.nextInt(1, load.accounts())) % load.accounts();
    long cents = random.nextLong(1, load.highestCents() + 1);
    return new Transfer(Opening.number(from), Opening.number(to), cents);
  }

  /**
   * Locks the first so many accounts, 100 at most, and looks at all of them.
   *
   * @throws IllegalArgumentException if there are more
   */
  @Orchestrator("audit")
  @SuppressWarnings("try") // a critical section need not mention its lock
  public Audit audit(OrchestrationContext ctx, int accounts) {
    List<EntityId> all = Opening.first(accounts);
    try (EntityLock lock = ctx.lock(all)) {
      List<Task<Statement>> statements =
          all.stream().map(account -> ctx.callEntity(account, Account::statement)).toList();
      return Audit.of(ctx.allOf(statements).await());
    }
  }
}
