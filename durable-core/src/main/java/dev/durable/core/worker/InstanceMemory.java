package dev.durable.core.worker;

import dev.durable.core.episode.Episode;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.worker.EpisodeExecutor.Verdict;

/** What a node keeps of an instance from one episode to the next: its history, and its run. */
record InstanceMemory(InstanceCache histories, EpisodeExecutor runs) {

  /** The history of a claimed item. */
  RecordedHistory history(InstanceWorkItem item) {
    histories.claimed(item);
    return histories.read(item);
  }

  /** The history of an item that was not claimed. */
  RecordedHistory known(InstanceWorkItem item) {
    return histories.read(item);
  }

  /** Of what was fenced off, somebody else knows more. */
  void committed(
      InstanceWorkItem item,
      Episode episode,
      EpisodeCommit commit,
      CommitOutcome outcome,
      Verdict verdict) {
    if (outcome == CommitOutcome.FENCED) {
      verdict.discarded();
      forget(item);
      return;
    }
    histories.stored(item, commit, episode.past());
    if (goesOn(item, commit)) {
      verdict.stored(sizeAfter(commit));
    } else {
      verdict.discarded();
      runs.forget(item.lease().instance());
    }
  }

  private static boolean goesOn(InstanceWorkItem item, EpisodeCommit commit) {
    return !commit.snapshot().status().isFinished()
        && commit.snapshot().number() == item.execution().number();
  }

  /** How many events the history has after that commit. */
  static int sizeAfter(EpisodeCommit commit) {
    return commit.firstSequence() - 1 + commit.appended().size();
  }

  /** Nobody knows how it stands: all is to be read and run anew. */
  void forget(InstanceWorkItem item) {
    histories.forget(item.lease().instance());
    runs.forget(item.lease().instance());
  }
}
