package dev.durable.core.worker;

import dev.durable.core.episode.Episode;
import dev.durable.core.replay.Decisions;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.NewInstance;
import dev.durable.core.worker.EpisodeExecutor.Verdict;
import dev.durable.core.worker.EpisodeRun.Concluded;
import dev.durable.core.worker.UnstoredResults.Taken;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The first episode of an instance that is not stored yet, for which its start waits: if it ends in
 * time, and writes nothing to others, its commit creates the instance. Otherwise the start is
 * stored alone, under the same key and leased to this node, and the episode, which may still be
 * under way, is one like any other from then on: its commit is fenced by that lease.
 *
 * <p><b>One of the two.</b> Whoever decides first, the end of the episode or the start that does
 * not wait any longer, decides for both, under one lock; and nothing is on its way to the store
 * before that. So there is one thing that may create the instance, and its key, which nobody else
 * gets, says after a failure whether it has.
 *
 * <p><b>Nothing is lost, or done twice.</b> Until something is stored, the client has no answer,
 * and no user code has run that has effects: an orchestrator has none. The tasks that the commit
 * leases begin when it is written. What of an episode whose start was not stored, or not leased,
 * still comes, is dropped.
 */
final class FirstEpisode implements EpisodeExecutor.Callback {

  private enum Way {
    UNDECIDED,
    /** The commit of the episode creates the instance. */
    TOGETHER,
    /** The start is stored without it. */
    ALONE,
    /** It is stored, and leased to this node. */
    LEASED,
    /** The instance is not this node's. */
    OVER
  }

  private final EpisodeRun.Shop shop;
  private final NewInstance instance;
  private final InstanceWorkItem item;
  private final Episode episode;
  private final Taken results;
  private final long hintsBefore;
  private final CompletableFuture<Void> news = new CompletableFuture<>();
  private final CompletableFuture<Boolean> created = new CompletableFuture<>();
  private Way way = Way.UNDECIDED;
  private boolean begun;
  private boolean dropped;

  /** What is to be done when the start has been stored alone, and is leased, or not. */
  private @Nullable Consumer<Boolean> rest;

  /**
   * Of that item, which holds a slot.
   *
   * @param hintsBefore how many hints there had been before
   */
  FirstEpisode(
      EpisodeRun.Shop shop,
      NewInstance instance,
      InstanceWorkItem item,
      Episode episode,
      Taken results,
      long hintsBefore) {
    this.shop = shop;
    this.instance = instance;
    this.item = item;
    this.episode = episode;
    this.results = results;
    this.hintsBefore = hintsBefore;
    created.whenComplete((done, failure) -> news.complete(null));
  }

  // ---- for the start

  /**
   * Completed when it is decided that the start is stored alone, or when the commit that creates
   * the instance is: who waits is woken once.
   */
  CompletableFuture<Void> news() {
    return news;
  }

  /** Completed when the commit that creates the instance is; false if its id was taken. */
  CompletableFuture<Boolean> created() {
    return created;
  }

  /** The start does not wait any longer. Returns whether it is to be stored alone. */
  boolean goAlone() {
    return decide(Way.ALONE) == Way.ALONE;
  }

  /** It had no thread; but if it has begun all the same, it goes on. */
  void refused() {
    synchronized (this) {
      if (begun) {
        return;
      }
      dropped = true;
    }
    drop();
  }

  /** The episode will not run here by itself: it had no thread, or the node ends. */
  private void drop() {
    decide(Way.ALONE);
    shop.results().leave(results);
  }

  /**
   * The start was stored alone, and its lease is in this node's hands.
   *
   * @return whether the episode goes on; if not, it is to be begun anew
   */
  boolean leased() {
    Consumer<Boolean> next;
    boolean isUnderWay;
    synchronized (this) {
      if (dropped) {
        return false;
      }
      way = Way.LEASED;
      next = rest;
      isUnderWay = begun;
    }
    if (isUnderWay) {
      shop.desk().begin(item.lease());
    }
    if (next != null) {
      next.accept(true);
    }
    return true;
  }

  /** The start was stored alone and is not this node's, or was not stored. */
  void notLeased() {
    Consumer<Boolean> next;
    boolean isIdle;
    synchronized (this) {
      way = Way.OVER;
      next = rest;
      isIdle = !begun && !dropped;
    }
    if (next != null) {
      next.accept(false);
    } else if (isIdle) {
      end();
    }
  }

  // ---- for who runs it

  @Override
  public boolean begins() {
    boolean isLeased;
    boolean mayRun;
    synchronized (this) {
      if (way == Way.OVER || dropped) {
        return false;
      }
      isLeased = way == Way.LEASED;
      begun = isLeased || shop.desk().claiming().getAsBoolean();
      dropped = !begun;
      mayRun = begun;
    }
    if (isLeased) {
      return run(true).begins();
    }
    if (!mayRun) {
      drop();
    }
    return mayRun;
  }

  @Override
  public void completed(Decisions decisions, Verdict verdict) {
    shop.conclude(episode, decisions, verdict, this)
        .ifPresent(concluded -> concluded(concluded, verdict));
  }

  private void concluded(Concluded concluded, Verdict verdict) {
    if (decide(concluded.commit().mayCreate() ? Way.TOGETHER : Way.ALONE) == Way.TOGETHER) {
      run(false).create(instance, concluded, verdict, created);
    } else {
      whenLeased(
          leased -> {
            if (leased) {
              run(true).commit(concluded, verdict);
            } else {
              AllRun all = new AllRun();
              all.run(verdict::discarded);
              all.run(concluded.tasks()::giveUp);
              all.run(this::end);
              all.throwOn();
            }
          });
    }
  }

  @Override
  public void abandoned(Throwable reason) {
    decide(Way.ALONE);
    whenLeased(
        leased -> {
          if (leased) {
            EpisodeRun.failed(shop, item, results, true, reason);
          } else {
            end();
          }
        });
  }

  private EpisodeRun run(boolean claimed) {
    return new EpisodeRun(shop, item, episode, results, claimed, hintsBefore);
  }

  /** Decides, if nobody has. Returns what is decided. */
  private Way decide(Way wanted) {
    Way decided;
    synchronized (this) {
      if (way == Way.UNDECIDED) {
        way = wanted;
      }
      decided = way;
    }
    if (decided == Way.ALONE) {
      news.complete(null);
    }
    return decided;
  }

  private void whenLeased(Consumer<Boolean> next) {
    boolean isLeased;
    synchronized (this) {
      if (way == Way.ALONE) {
        rest = next;
        return;
      }
      isLeased = way == Way.LEASED;
    }
    next.accept(isLeased);
  }

  private void end() {
    InstanceLease lease = item.lease();
    AllRun all = new AllRun();
    all.run(() -> shop.memory().forget(item));
    all.run(() -> shop.intake().done(lease));
    all.run(() -> shop.results().leave(results));
    all.throwOn();
  }
}
