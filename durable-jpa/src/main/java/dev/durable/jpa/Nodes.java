package dev.durable.jpa;

import dev.durable.core.store.NodeRecord;
import jakarta.persistence.Query;
import java.util.List;

/** The nodes of a hub. Their rows are touched by short transactions only, so nobody waits long. */
final class Nodes {

  private final Hub hub;

  Nodes(Hub hub) {
    this.hub = hub;
  }

  List<NodeRecord> heartbeat(NodeRecord node) {
    NodeRow row = new NodeRow(hub.name(), node);
    if (!row.update(hub)) {
      hub.em().persist(row);
      hub.em().flush();
    }
    return all();
  }

  void leave(String node) {
    named("DELETE FROM NodeRow n", node).executeUpdate();
    new Partitions(hub).free(node);
  }

  boolean drain(String node, boolean draining) {
    return named("UPDATE NodeRow n SET n.draining = " + (draining ? 1 : 0), node).executeUpdate()
        == 1;
  }

  private Query named(String jpql, String node) {
    return hub.em()
        .createQuery(jpql + " WHERE n.taskHub = :hub AND n.name = :name")
        .setParameter("hub", hub.name())
        .setParameter("name", node);
  }

  List<NodeRecord> all() {
    return hub.em()
        .createQuery(
            "SELECT n FROM NodeRow n WHERE n.taskHub = :hub ORDER BY n.name", NodeRow.class)
        .setParameter("hub", hub.name())
        .getResultStream()
        .map(NodeRow::node)
        .toList();
  }
}
