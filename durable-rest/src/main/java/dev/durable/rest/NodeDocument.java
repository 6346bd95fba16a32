package dev.durable.rest;

import dev.durable.cluster.NodeInfo;
import dev.durable.cluster.NodeInfo.Slots;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A node as callers see it. */
final class NodeDocument {

  private NodeDocument() {}

  static JsonObjectBuilder of(NodeInfo node) {
    var partitions = Json.createArrayBuilder();
    node.partitions().forEach(partitions::add);
    return Json.createObjectBuilder()
        .add("name", node.name())
        .add("state", StatusNames.of(node.state()))
        .add("self", node.self())
        .add("startedTime", node.startedAt().toString())
        .add("lastHeartbeatTime", node.heartbeatAt().toString())
        .add("engineVersion", node.engineVersion())
        .add("orchestrationSlots", slots(node.orchestrationSlots()))
        .add("entitySlots", slots(node.entitySlots()))
        .add("activitySlots", slots(node.activitySlots()))
        .add("partitions", partitions)
        .add("orchestrators", versions(node.orchestrators()))
        .add("entities", sorted(node.entities()))
        .add("activities", sorted(node.activities()));
  }

  private static JsonObjectBuilder slots(Slots slots) {
    return Json.createObjectBuilder().add("total", slots.total()).add("used", slots.used());
  }

  private static JsonObjectBuilder versions(Map<String, Set<String>> byName) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    new TreeMap<>(byName)
        .forEach(
            (name, versions) ->
                json.add(
                    name,
                    sorted(
                        versions.stream()
                            .map(version -> version.isEmpty() ? Versions.NONE : version)
                            .toList())));
    return json;
  }

  private static JsonArrayBuilder sorted(Collection<String> names) {
    JsonArrayBuilder json = Json.createArrayBuilder();
    names.stream().sorted().forEach(json::add);
    return json;
  }
}
