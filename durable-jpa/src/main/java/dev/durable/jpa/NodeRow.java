package dev.durable.jpa;

import dev.durable.core.store.NodeLoad;
import dev.durable.core.store.NodeRecord;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Query;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A node as it last told of itself. Inserted as an entity, changed by update statements only. */
@Entity
@Table(name = "DURABLE_NODE")
@IdClass(NodeRow.Key.class)
@Cacheable(false)
class NodeRow {

  /** All that a node says of itself but whether it drains, which others say. */
  private static final String UPDATE =
      """
      UPDATE NodeRow n SET n.startedAt = :startedAt, n.heartbeatAt = :heartbeatAt,
        n.expiresAt = :expiresAt, n.engineVersion = :engineVersion, n.partitions = :partitions,
        n.capabilities = :capabilities, n.orchestrationSlots = :orchestrationSlots,
        n.orchestrations = :orchestrations, n.entitySlots = :entitySlots, n.entities = :entities,
        n.activitySlots = :activitySlots, n.activities = :activities
      WHERE n.taskHub = :hub AND n.name = :name""";

  @Id
  @Column(name = "TASK_HUB")
  private String taskHub = "";

  @Id
  @Column(name = "NODE_NAME")
  private String name = "";

  @Column(name = "STARTED_AT")
  private long startedAt;

  @Column(name = "HEARTBEAT_AT")
  private long heartbeatAt;

  @Column(name = "EXPIRES_AT")
  private long expiresAt;

  /** 1 while it is to claim nothing. */
  @Column(name = "DRAINING")
  private int draining;

  @Column(name = "ENGINE_VERSION")
  private String engineVersion = "";

  @Column(name = "PARTITIONS")
  private int partitions;

  @Column(name = "CAPABILITIES")
  private String capabilities = "";

  @Column(name = "ORCHESTRATION_SLOTS")
  private int orchestrationSlots;

  @Column(name = "ORCHESTRATIONS")
  private int orchestrations;

  @Column(name = "ENTITY_SLOTS")
  private int entitySlots;

  @Column(name = "ENTITIES")
  private int entities;

  @Column(name = "ACTIVITY_SLOTS")
  private int activitySlots;

  @Column(name = "ACTIVITIES")
  private int activities;

  protected NodeRow() {}

  NodeRow(String taskHub, NodeRecord node) {
    this.taskHub = taskHub;
    this.name = node.name();
    this.startedAt = node.startedAt().toEpochMilli();
    this.heartbeatAt = node.heartbeatAt().toEpochMilli();
    this.expiresAt = node.expiresAt().toEpochMilli();
    this.draining = node.draining() ? 1 : 0;
    this.engineVersion = node.engineVersion();
    this.partitions = node.partitions();
    this.capabilities = CapabilitiesCodec.write(node.capabilities());
    this.orchestrationSlots = node.load().orchestrationSlots();
    this.orchestrations = node.load().orchestrations();
    this.entitySlots = node.load().entitySlots();
    this.entities = node.load().entities();
    this.activitySlots = node.load().activitySlots();
    this.activities = node.load().activities();
  }

  /** Writes it over what the node has said before; whether there was anything. */
  boolean update(Hub hub) {
    Query query = hub.em().createQuery(UPDATE);
    return query
            .setParameter("startedAt", startedAt)
            .setParameter("heartbeatAt", heartbeatAt)
            .setParameter("expiresAt", expiresAt)
            .setParameter("engineVersion", engineVersion)
            .setParameter("partitions", partitions)
            .setParameter("capabilities", capabilities)
            .setParameter("orchestrationSlots", orchestrationSlots)
            .setParameter("orchestrations", orchestrations)
            .setParameter("entitySlots", entitySlots)
            .setParameter("entities", entities)
            .setParameter("activitySlots", activitySlots)
            .setParameter("activities", activities)
            .setParameter("hub", taskHub)
            .setParameter("name", name)
            .executeUpdate()
        == 1;
  }

  NodeRecord node() {
    return new NodeRecord(
        name,
        Instant.ofEpochMilli(startedAt),
        Instant.ofEpochMilli(heartbeatAt),
        Instant.ofEpochMilli(expiresAt),
        draining != 0,
        engineVersion,
        partitions,
        CapabilitiesCodec.read(capabilities, name),
        new NodeLoad(
            orchestrationSlots, orchestrations, entitySlots, entities, activitySlots, activities));
  }

  /** The primary key; its shape is Jakarta Persistence's. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private String taskHub = "";
    private String name = "";

    /** For the persistence provider. */
    public Key() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that && taskHub.equals(that.taskHub) && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      return Objects.hash(taskHub, name);
    }
  }
}
