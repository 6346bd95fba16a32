package dev.durable.core.worker;

import dev.durable.core.episode.Episode;
import dev.durable.core.replay.Decisions;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.worker.EpisodeExecutor.Verdict;
import dev.durable.core.worker.UnstoredResults.Result;
import dev.durable.core.worker.UnstoredResults.Taken;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * One episode under way on this node: from its beginning to what has become of its commit, and of
 * all that was to be stored or claimed with it.
 */
final class EpisodeRun implements EpisodeExecutor.Callback {

  /**
   * What all episodes of a node share.
   *
   * @param givingBack what to do with a claimed item that could not be run
   */
  record Shop(
      Desk desk,
      InstanceMemory memory,
      Intake<InstanceWorkItem> intake,
      ActivityWorker activities,
      UnstoredResults results,
      EpisodeEffects effects,
      Supplier<String> ids,
      BiConsumer<InstanceWorkItem, Throwable> givingBack) {

    /** What follows from what an orchestrator has decided; none if nothing can. */
    Optional<Concluded> conclude(
        Episode episode, Decisions decisions, Verdict verdict, EpisodeExecutor.Callback callback) {
      try {
        EpisodeCommit commit = episode.conclude(decisions, ids);
        return Optional.of(new Concluded(commit, activities.reserve(commit)));
      } catch (RuntimeException | Error e) {
        verdict.discarded();
        callback.abandoned(e);
        return Optional.empty();
      }
    }
  }

  /** What is to be stored, and those of its tasks for which there are slots. */
  record Concluded(EpisodeCommit commit, LocalTasks tasks) {}

  private final Shop shop;
  private final InstanceWorkItem item;
  private final Episode episode;
  private final Taken results;
  private final boolean claimed;
  private final long hintsBefore;

  /**
   * Of that item.
   *
   * @param claimed whether it is leased; if not, it is not known to stand
   * @param hintsBefore how many hints there had been when it was looked for
   */
  EpisodeRun(
      Shop shop,
      InstanceWorkItem item,
      Episode episode,
      Taken results,
      boolean claimed,
      long hintsBefore) {
    this.shop = shop;
    this.item = item;
    this.episode = episode;
    this.results = results;
    this.claimed = claimed;
    this.hintsBefore = hintsBefore;
  }

  /**
   * What is not claimed may begin as long as the node begins anything: nothing that it does counts
   * before its commit.
   */
  @Override
  public boolean begins() {
    if (claimed ? shop.desk().begin(item.lease()) : shop.desk().claiming().getAsBoolean()) {
      return true;
    }
    end(shop, results, () -> shop.intake().done(item.lease()));
    return false;
  }

  @Override
  public void completed(Decisions decisions, Verdict verdict) {
    shop.conclude(episode, decisions, verdict, this)
        .ifPresent(concluded -> commit(concluded, verdict));
  }

  @Override
  public void abandoned(Throwable reason) {
    failed(shop, item, results, claimed, reason);
  }

  /**
   * An episode that has come to nothing. What is not claimed is left to the ordinary way: its
   * results become messages, and who claims it finds out what is wrong.
   */
  static void failed(
      Shop shop, InstanceWorkItem item, Taken results, boolean claimed, Throwable reason) {
    Runnable ending =
        claimed
            ? () -> shop.givingBack().accept(item, reason)
            : () -> {
              shop.memory().forget(item);
              shop.intake().done(item.lease());
            };
    end(shop, results, ending);
  }

  private static void end(Shop shop, Taken results, Runnable ending) {
    AllRun all = new AllRun();
    all.run(ending);
    results.take().forEach(result -> all.run(() -> shop.results().store(result)));
    all.run(() -> shop.results().leave(results));
    all.throwOn();
  }

  /** Has what follows from it stored, although no orchestrator has run. */
  void commit(EpisodeCommit concluded) {
    commit(new Concluded(concluded, shop.activities().noTasks()), Verdict.unheard());
  }

  /** Has what follows from it stored, with the tasks for which there are slots. */
  void commit(Concluded concluded, Verdict verdict) {
    EpisodeCommit commit = concluded.tasks().claimedBy(concluded.commit());
    shop.desk().commit(commit, waiter(commit, concluded.tasks(), verdict));
  }

  /**
   * The same for a commit that creates that instance.
   *
   * @param created told first, since a client waits: whether it is, or why nobody knows
   */
  void create(
      NewInstance instance,
      Concluded concluded,
      Verdict verdict,
      CompletableFuture<Boolean> created) {
    EpisodeCommit commit = concluded.tasks().claimedBy(concluded.commit().creating(instance));
    CommitQueue.Waiter others = waiter(commit, concluded.tasks(), verdict);
    shop.desk()
        .commit(
            commit,
            new CommitQueue.Waiter() {
              @Override
              public void committed(CommitOutcome outcome) {
                boolean isCreated = outcome == CommitOutcome.COMMITTED;
                if (isCreated) {
                  shop.desk().lanes().starts.increment();
                }
                created.complete(isCreated);
                others.committed(outcome);
              }

              @Override
              public void failed(Throwable reason) {
                created.completeExceptionally(reason);
                others.failed(reason);
              }

              @Override
              public boolean isPatient() {
                return false;
              }
            });
  }

  private CommitQueue.Waiter waiter(EpisodeCommit commit, LocalTasks tasks, Verdict verdict) {
    List<Result> stored = results.take();
    return new CommitQueue.Waiter() {
      @Override
      public void committed(CommitOutcome outcome) {
        EpisodeRun.this.committed(commit, tasks, stored, outcome, verdict);
      }

      @Override
      public void failed(Throwable reason) {
        AllRun all = new AllRun();
        all.run(verdict::discarded);
        all.run(() -> tasks.cancel(commit));
        stored.forEach(result -> all.run(() -> shop.results().store(result)));
        all.run(() -> abandoned(reason));
        all.throwOn();
      }
    };
  }

  private void count(EpisodeCommit commit) {
    LaneCounts lanes = shop.desk().lanes();
    lanes.activities.add(commit.claimed().taskIds().size());
    lanes.results.add(commit.results().size());
    if (!claimed) {
      lanes.episodes.increment();
    }
  }

  private void committed(
      EpisodeCommit commit,
      LocalTasks tasks,
      List<Result> stored,
      CommitOutcome outcome,
      Verdict verdict) {
    AllRun all = new AllRun();
    all.run(() -> shop.memory().committed(item, episode, commit, outcome, verdict));
    all.run(() -> shop.intake().done(item.lease()));
    if (outcome == CommitOutcome.COMMITTED) {
      count(commit);
      stored.forEach(result -> all.run(result.waiter()::committedWithEpisode));
      all.run(() -> shop.effects().tell(item, episode, commit));
      all.run(() -> tasks.begin(commit));
      all.run(() -> shop.effects().wake(commit, hintsBefore));
    } else {
      all.run(() -> tasks.cancel(commit));
      stored.forEach(result -> all.run(() -> shop.results().store(result)));
      all.run(() -> fencedOff(commit));
    }
    all.run(() -> shop.results().leave(results));
    all.throwOn();
  }

  /**
   * What was claimed may still be leased to this node: if not the instance has moved on, but one of
   * its results, which was stored by itself meanwhile.
   */
  private void fencedOff(EpisodeCommit commit) {
    if (!claimed) {
      shop.desk().lanes().episodesInVain.increment();
      shop.effects().wake(hintsBefore);
      return;
    }
    AllRun all = new AllRun();
    all.run(() -> shop.desk().listener().commitFenced(item.lease()));
    if (!commit.results().isEmpty()) {
      all.run(() -> shop.desk().disown(List.of(item.lease())));
      all.run(() -> shop.effects().wakeAgain());
    }
    all.throwOn();
  }
}
