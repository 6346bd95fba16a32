package dev.durable.rest;

import dev.durable.cluster.DurableCluster;
import dev.durable.cluster.PartitionInfo;
import dev.durable.cluster.WatchdogReport;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import org.jspecify.annotations.Nullable;

/** What there is to see of a task hub as a whole. */
final class ClusterView {

  private final DurableCluster cluster;

  ClusterView(DurableCluster cluster) {
    this.cluster = cluster;
  }

  Answer partitions() {
    var array = Json.createArrayBuilder();
    cluster.partitions().forEach(partition -> array.add(document(partition)));
    return Answer.json(200, array.build());
  }

  private static JsonObjectBuilder document(PartitionInfo partition) {
    JsonObjectBuilder json = Json.createObjectBuilder().add("partition", partition.partition());
    add(json, "node", partition.node());
    add(json, "expiresTime", partition.expiresAt());
    return json;
  }

  Answer scale() {
    return Answer.json(200, ScaleDocument.of(cluster.scale()).build());
  }

  Answer watchdog() {
    return Answer.json(200, document(cluster.watchdog()).build());
  }

  private static JsonObjectBuilder document(WatchdogReport report) {
    var overdue = Json.createArrayBuilder();
    report
        .overdue()
        .forEach(
            found ->
                overdue.add(
                    Json.createObjectBuilder()
                        .add("instanceId", found.instanceId())
                        .add("name", found.name())
                        .add("activity", found.activity())
                        .add("dueTime", found.since().toString())
                        .add("runnable", found.runnable())));
    var orphans = Json.createArrayBuilder();
    report
        .orphans()
        .forEach(
            found ->
                orphans.add(
                    Json.createObjectBuilder()
                        .add("instanceId", found.instanceId())
                        .add("parentInstanceId", found.parentInstanceId())));
    return Json.createObjectBuilder()
        .add("time", report.at().toString())
        .add("overdue", overdue)
        .add("orphans", orphans);
  }

  private static void add(JsonObjectBuilder json, String name, @Nullable Object value) {
    if (value == null) {
      json.addNull(name);
    } else {
      json.add(name, value.toString());
    }
  }
}
