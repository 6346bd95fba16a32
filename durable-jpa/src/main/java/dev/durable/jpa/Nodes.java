package dev.durable.jpa;

import dev.durable.core.store.NodeRecord;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The nodes of a hub. Their rows are touched by short transactions only, so nobody waits long. */
final class Nodes {

  private final Hub hub;

  Nodes(Hub hub) {
    this.hub = hub;
  }

  /** Others are read before the own row is locked: no two nodes wait for each other. */
  List<NodeRecord> heartbeat(NodeRecord node) {
    List<NodeRecord> nodes = new ArrayList<>(rows(" AND n.name <> :name", node.name()));
    NodeRow row = new NodeRow(hub.name(), node);
    if (!row.update(hub)) {
      hub.em().persist(row);
      hub.em().flush();
    }
    nodes.addAll(rows(" AND n.name = :name", node.name()));
    nodes.sort(Comparator.comparing(NodeRecord::name));
    return List.copyOf(nodes);
  }

  private List<NodeRecord> rows(String condition, String name) {
    return hub.em()
        .createQuery("SELECT n FROM NodeRow n WHERE n.taskHub = :hub" + condition, NodeRow.class)
        .setParameter("hub", hub.name())
        .setParameter("name", name)
        .getResultStream()
        .map(NodeRow::node)
        .toList();
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
