package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** That an entity is locked, and by whom. Inserted and deleted, never updated. */
@Entity
@Table(name = "DURABLE_LOCK")
@Cacheable(false)
class LockRow {

  @Id
  @Column(name = "INSTANCE_KEY")
  private long instanceKey;

  @Column(name = "TASK_HUB")
  private String taskHub = "";

  @Column(name = "INSTANCE_ID")
  private String instanceId = "";

  @Column(name = "OWNER_KEY")
  private long ownerKey;

  @Column(name = "OWNER_ID")
  private String ownerId = "";

  @Column(name = "OWNER_EXECUTION")
  private int ownerExecution;

  @Column(name = "OWNER_TASK_ID")
  private int ownerTaskId;

  @Column(name = "LOCKED_AT")
  private long lockedAt;

  protected LockRow() {}

  LockRow(String taskHub, InstanceRef entity, ParentTask owner, Instant at) {
    this.instanceKey = entity.key();
    this.taskHub = taskHub;
    this.instanceId = entity.id();
    this.ownerKey = owner.instance().key();
    this.ownerId = owner.instance().id();
    this.ownerExecution = owner.execution();
    this.ownerTaskId = owner.taskId();
    this.lockedAt = at.toEpochMilli();
  }
}
