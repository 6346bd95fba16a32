package dev.durable.rest;

import dev.durable.NodeNotFoundException;
import dev.durable.cluster.DurableCluster;
import dev.durable.cluster.NodeInfo;
import jakarta.json.Json;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The nodes: looking at them, and taking them out of work and in again. */
final class Nodes {

  /** In the place of a name: the node that answers. A real name has a random part as well. */
  static final String SELF = "self";

  /** Seconds after which a caller may look again: the node learns of it with its heartbeat. */
  private static final String RETRY_AFTER = "5";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private final DurableCluster cluster;

  Nodes(DurableCluster cluster) {
    this.cluster = cluster;
  }

  Answer list() {
    var array = Json.createArrayBuilder();
    cluster.nodes().forEach(node -> array.add(NodeDocument.of(node)));
    return Answer.json(200, array.build());
  }

  Answer one(String node) {
    return Answer.json(200, NodeDocument.of(find(node)).build());
  }

  Answer drain(String node, Links links) {
    String name = name(node);
    cluster.drain(name);
    return lookAgain(name, links);
  }

  Answer resume(String node, Links links) {
    String name = name(node);
    cluster.resume(name);
    return lookAgain(name, links);
  }

  private String name(String node) {
    return node.equals(SELF) ? find(node).name() : checked(node);
  }

  private NodeInfo find(String node) {
    Predicate<NodeInfo> wanted =
        node.equals(SELF) ? NodeInfo::self : other -> other.name().equals(checked(node));
    return cluster.nodes().stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> new NodeNotFoundException(node));
  }

  private static String checked(String node) {
    if (!NAME.matcher(node).matches()) {
      throw Refusal.parameter("node", node, "1 to 100 characters of A-Z a-z 0-9 . _ -, or " + SELF);
    }
    return node;
  }

  private static Answer lookAgain(String name, Links links) {
    return Answer.empty(202).with("Location", links.node(name)).with("Retry-After", RETRY_AFTER);
  }
}
