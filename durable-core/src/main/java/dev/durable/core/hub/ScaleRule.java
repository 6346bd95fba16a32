package dev.durable.core.hub;

import dev.durable.cluster.ScaleAdvice;
import dev.durable.core.store.Backlog;
import dev.durable.core.store.Backlog.Queue;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.NodeLoad;
import dev.durable.core.store.NodeRecord;
import dev.durable.core.worker.ActivityLimit;
import dev.durable.core.worker.TaskHubOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many nodes there should be: so many that all that waits and runs has a slot, of the kind that
 * needs most. What limits of the hub hold back is not counted, because more nodes would not begin
 * it sooner. One, while there is anything to do, or will be within the lead time; else none.
 *
 * <p>It says what is wanted now. Not to follow each of its moves is the autoscaler's business,
 * which knows what a node costs to start and to stop.
 *
 * @param options what counts where no node tells, and the limits of activities
 * @param leadTime how long before something becomes due a node is wanted
 */
record ScaleRule(TaskHubOptions options, Duration leadTime) {

  /** What one kind of work needs. */
  private record Need(String kind, long work, int slots) {
    long nodes() {
      return (work + slots - 1) / slots;
    }
  }

  /** The advice for that backlog, and all nodes of the hub. */
  ScaleAdvice advise(Backlog backlog, List<NodeRecord> nodes, Instant now) {
    List<NodeLoad> live =
        nodes.stream()
            .filter(node -> node.isLive(now) && !node.draining())
            .map(NodeRecord::load)
            .toList();
    Queue activities = sum(backlog.activities().values());
    long startable =
        backlog.activities().entrySet().stream()
            .mapToLong(entry -> startable(entry.getKey(), entry.getValue()))
            .sum();
    List<Need> needs =
        List.of(
            new Need(
                "orchestrations",
                work(backlog.orchestrations()),
                slots(live, NodeLoad::orchestrationSlots, options.maxConcurrentOrchestrations())),
            new Need(
                "entities",
                work(backlog.entities()),
                slots(live, NodeLoad::entitySlots, options.maxConcurrentEntities())),
            new Need(
                "activities",
                startable,
                slots(live, NodeLoad::activitySlots, options.maxConcurrentActivities())));
    Need most = needs.stream().max(Comparator.comparingLong(Need::nodes)).orElseThrow();
    long heldBack = work(activities) - startable;
    boolean anything =
        work(backlog.orchestrations()) + work(backlog.entities()) + work(activities) > 0;
    Instant next = backlog.nextDueAt();
    boolean soon = next != null && !next.isAfter(now.plus(leadTime));
    return new ScaleAdvice(
        now,
        (int) Math.min(Integer.MAX_VALUE, Math.max(most.nodes(), anything || soon ? 1 : 0)),
        live.size(),
        most.nodes() > 0 ? reason(most, heldBack) : reasonWithoutWork(anything, soon ? next : null),
        queue(backlog.orchestrations(), now),
        queue(backlog.entities(), now),
        queue(activities, now),
        next);
  }

  private static long work(Queue queue) {
    return queue.waiting() + queue.running();
  }

  /** What may be in the hands of nodes now, or be begun. */
  private long startable(String activity, Queue queue) {
    HubLimit limit =
        Optional.ofNullable(options.activityLimits().get(activity))
            .map(ActivityLimit::hub)
            .orElse(null);
    if (limit == null) {
      return work(queue);
    }
    long waiting =
        limit.rate() == null ? queue.waiting() : Math.min(queue.waiting(), limit.rate().count());
    long most = limit.maxConcurrent() == null ? Long.MAX_VALUE : limit.maxConcurrent();
    return Math.min(most, waiting + queue.running());
  }

  /** Those of the smallest node. One that has just been drained may not have said so yet. */
  private static int slots(List<NodeLoad> live, ToIntFunction<NodeLoad> of, int otherwise) {
    return live.stream().mapToInt(of).filter(slots -> slots > 0).min().orElse(otherwise);
  }

  private static String reason(Need most, long heldBack) {
    return "Of "
        + most.kind()
        + ", "
        + most.work()
        + (most.work() == 1 ? " waits or runs" : " wait or run")
        + ", and a node runs "
        + most.slots()
        + " at once"
        + (heldBack == 0
            ? "."
            : "; " + heldBack + " activities are not counted that limits of the hub hold back.");
  }

  private String reasonWithoutWork(boolean anything, @Nullable Instant soon) {
    if (anything) {
      return "All that waits is held back by limits of the hub.";
    }
    return soon != null
        ? "Nothing waits or runs, and something becomes due at " + soon + "."
        : "Nothing waits or runs, and nothing becomes due within " + leadTime + ".";
  }

  private static Queue sum(Collection<Queue> queues) {
    return new Queue(
        queues.stream().mapToLong(Queue::waiting).sum(),
        queues.stream()
            .flatMap(queue -> Optional.ofNullable(queue.oldestSince()).stream())
            .min(Comparator.naturalOrder())
            .orElse(null),
        queues.stream().mapToLong(Queue::running).sum());
  }

  private static ScaleAdvice.Queue queue(Queue queue, Instant now) {
    Instant since = queue.oldestSince();
    Duration age = since == null ? Duration.ZERO : Duration.between(since, now);
    return new ScaleAdvice.Queue(
        queue.waiting(), queue.running(), age.isNegative() ? Duration.ZERO : age);
  }
}
