package dev.durable.jpa;

import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.jpa.Held.HeldInstance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes what workers commit. First the fence locks all rows that the leases are about; then come
 * updates, deletes and inserts, each kind in one batch for all commits together. So the number of
 * round trips depends on the kinds of things that are written, not on the number of commits.
 */
final class Commits {

  private final Hub hub;

  Commits(Hub hub) {
    this.hub = hub;
  }

  List<CommitOutcome> write(List<? extends Commit> commits) {
    HeldRows held = HeldRows.of(hub, commits.stream().map(Commit::lease).toList());
    List<CommitOutcome> outcomes = new ArrayList<>(commits.size());
    List<EpisodeWrite> episodes = new ArrayList<>();
    List<ActivityCompletion> completions = new ArrayList<>();
    for (Commit commit : commits) {
      Held row = held.take(commit.lease());
      if (row != null && commit instanceof EpisodeCommit episode) {
        episodes.add(new EpisodeWrite(hub, episode, (HeldInstance) row));
      } else if (row != null && commit instanceof ActivityCompletion completion) {
        completions.add(completion);
      }
      outcomes.add(row == null ? CommitOutcome.FENCED : CommitOutcome.COMMITTED);
    }
    episodes.sort(Comparator.comparingLong(EpisodeWrite::instanceKey));
    write(episodes, completions);
    return outcomes;
  }

  private void write(List<EpisodeWrite> episodes, List<ActivityCompletion> completions) {
    NewChildren children = new NewChildren(hub);
    children.lookUp(episodes.stream().flatMap(e -> e.commit().children().stream()).toList());
    episodes.forEach(EpisodeWrite::updateUnfinished);
    episodes.forEach(EpisodeWrite::updateFinished);
    episodes.forEach(EpisodeWrite::deleteConsumed);
    episodes.forEach(EpisodeWrite::deleteWhatEnded);
    completions.forEach(this::deleteTask);

    Outbox outbox = new Outbox(hub);
    for (ActivityCompletion completion : completions) {
      outbox.addNew(completion.answer());
    }
    for (EpisodeWrite episode : episodes) {
      episode.insert();
      episode
          .commit()
          .children()
          .forEach(child -> children.insert(child, episode.commit().at(), outbox));
      episode.commit().outbox().forEach(message -> outbox.add(message, episode.commit()));
    }
    outbox.insert();
    hub.em().flush();
  }

  private void deleteTask(ActivityCompletion completion) {
    hub.batched(
            """
            DELETE FROM ActivityTaskRow t
            WHERE t.instanceKey = :key AND t.execution = :execution AND t.taskId = :taskId""")
        .setParameter("key", completion.lease().instance().key())
        .setParameter("execution", completion.lease().execution())
        .setParameter("taskId", completion.lease().taskId())
        .executeUpdate();
  }
}
