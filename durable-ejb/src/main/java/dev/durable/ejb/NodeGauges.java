package dev.durable.ejb;

import dev.durable.cluster.ScaleAdvice;
import dev.durable.cluster.ScaleAdvice.Queue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Shows the {@link NodeFigures}. What only the database knows is not a number while it does not
 * answer.
 */
final class NodeGauges {

  private static final String KIND = "kind";
  private static final String ORCHESTRATIONS = "orchestrations";
  private static final String ENTITIES = "entities";
  private static final String ACTIVITIES = "activities";

  private final MetricRegistry registry;
  private final Tag hub;
  private final NodeFigures figures;

  NodeGauges(MetricRegistry registry, Tag hub, NodeFigures figures) {
    this.registry = registry;
    this.hub = hub;
    this.figures = figures;
  }

  void register() {
    slots();
    cache();
    parking();
    lanes();
    scale();
  }

  private void slots() {
    String slots = "How much of a kind may run at once on this node";
    gauge("durable_slots", slots, () -> figures.load().orchestrationSlots(), kind(ORCHESTRATIONS));
    gauge("durable_slots", slots, () -> figures.load().entitySlots(), kind(ENTITIES));
    gauge("durable_slots", slots, () -> figures.load().activitySlots(), kind(ACTIVITIES));
    String used = "How much of a kind runs on this node";
    gauge("durable_slots_used", used, () -> figures.load().orchestrations(), kind(ORCHESTRATIONS));
    gauge("durable_slots_used", used, () -> figures.load().entities(), kind(ENTITIES));
    gauge("durable_slots_used", used, () -> figures.load().activities(), kind(ACTIVITIES));
  }

  private void cache() {
    gauge(
        "durable_instance_cache_hits",
        "Claims of instances whose history was in memory",
        () -> figures.cache().hits());
    gauge(
        "durable_instance_cache_misses",
        "Claims of instances whose history was read",
        () -> figures.cache().misses());
    gauge(
        "durable_instance_cache_evictions",
        "Histories that had to make room for others",
        () -> figures.cache().evictions());
    gauge(
        "durable_instance_cache_instances",
        "Instances whose history is in memory",
        () -> figures.cache().instances());
    gauge(
        "durable_instance_cache_bytes",
        "Memory of the cached histories, as estimated",
        () -> figures.cache().bytes());
  }

  private void parking() {
    gauge(
        "durable_parked_orchestrators",
        "Orchestrators that wait on their threads",
        () -> figures.parking().parked());
    gauge(
        "durable_parked_orchestrators_leaving",
        "Orchestrators that were dismissed and have not left their code yet",
        () -> figures.parking().leaving());
    gauge(
        "durable_parked_orchestrators_evicted",
        "Parked orchestrators that had to make room for others",
        () -> figures.parking().evicted());
    gauge(
        "durable_episodes_continued",
        "Episodes that went on in a parked orchestrator",
        () -> figures.parking().continued());
    gauge(
        "durable_episodes_replayed",
        "Episodes that began with the first line of their orchestrator",
        () -> figures.parking().begun());
  }

  private void lanes() {
    gauge(
        "durable_local_starts",
        "Orchestrations that were begun where they were started, without a claim",
        () -> figures.lanes().starts());
    gauge(
        "durable_local_activities",
        "Activities that were begun where they were called, without a claim",
        () -> figures.lanes().activities());
    gauge(
        "durable_activities_waited",
        "Activities that waited for a slot in the memory of the node",
        () -> figures.lanes().waited());
    gauge(
        "durable_activities_waited_in_vain",
        "Activities that were given back since they had no slot soon",
        () -> figures.lanes().waitedInVain());
    gauge(
        "durable_results_with_episode",
        "Results of activities that were stored with an episode",
        () -> figures.lanes().results());
    gauge(
        "durable_episodes_unclaimed",
        "Episodes that were stored without a claim",
        () -> figures.lanes().episodes());
    gauge(
        "durable_episodes_in_vain",
        "Episodes that were run without a claim and not stored, since others were quicker",
        () -> figures.lanes().episodesInVain());
  }

  private void scale() {
    gauge(
        "durable_scale_recommended_nodes",
        "How many nodes there should be",
        () -> fromHub(ScaleAdvice::recommendedNodes));
    gauge(
        "durable_live_nodes",
        "Nodes of the hub that are neither lost nor drained",
        () -> fromHub(ScaleAdvice::liveNodes));
    backlog(ORCHESTRATIONS, ScaleAdvice::orchestrations);
    backlog(ENTITIES, ScaleAdvice::entities);
    backlog(ACTIVITIES, ScaleAdvice::activities);
  }

  private void backlog(String kind, Function<ScaleAdvice, Queue> queue) {
    gauge(
        "durable_backlog_waiting",
        "Work of a kind in the hub that could be begun now",
        () -> fromHub(queue.andThen(Queue::waiting)),
        kind(kind));
    gauge(
        "durable_backlog_running",
        "Work of a kind in the hub that nodes have in hand",
        () -> fromHub(queue.andThen(Queue::running)),
        kind(kind));
    gauge(
        "durable_backlog_oldest_seconds",
        "For how long that work of a kind has waited which waits longest",
        () -> fromHub(queue.andThen(one -> one.oldestAge().toMillis() / 1000.0)),
        kind(kind));
  }

  private Number fromHub(Function<ScaleAdvice, ? extends Number> part) {
    return figures.scale().<Number>map(part).orElse(Double.NaN);
  }

  private static Tag kind(String kind) {
    return new Tag(KIND, kind);
  }

  private void gauge(String name, String description, Supplier<Number> value, Tag... tags) {
    Tag[] all = new Tag[tags.length + 1];
    all[0] = hub;
    System.arraycopy(tags, 0, all, 1, tags.length);
    Metadata metadata = Metadata.builder().withName(name).withDescription(description).build();
    registry.gauge(metadata, value, all);
  }
}
