package dev.durable.jpa;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Buckets;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.Start;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance. Inserted as an entity; changed by update statements only, which name the version
 * they expect and the one they leave.
 */
@Entity
@Table(name = "DURABLE_INSTANCE")
@Cacheable(false)
class InstanceRow {

  /** The names of final statuses. */
  static final List<String> FINISHED =
      Arrays.stream(RuntimeStatus.values())
          .filter(RuntimeStatus::isFinished)
          .map(RuntimeStatus::name)
          .toList();

  /** Kinds. */
  static final int ORCHESTRATION = 0;

  static final int ENTITY = 1;

  static int kind(InstanceKind kind) {
    return kind == InstanceKind.ENTITY ? ENTITY : ORCHESTRATION;
  }

  /** The version of a new instance, as the persistence provider has it. */
  static final long FIRST_VERSION = Start.FIRST_VERSION;

  /** Places of states. */
  static final int NOWHERE = 0;

  static final int IN_ROW = 1;

  /** In a {@link PayloadRow}. */
  static final int APART = 2;

  /** The increment in the scripts. */
  static final int KEYS_AT_ONCE = 1000;

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "durable-instance")
  @SequenceGenerator(
      name = "durable-instance",
      sequenceName = "DURABLE_INSTANCE_SEQ",
      allocationSize = KEYS_AT_ONCE)
  @Column(name = "INSTANCE_KEY")
  private long instanceKey;

  @Column(name = "TASK_HUB")
  private String taskHub = "";

  @Column(name = "INSTANCE_ID")
  private String instanceId = "";

  @Column(name = "KIND")
  private int kind = ORCHESTRATION;

  @Column(name = "BUCKET")
  private int bucket;

  @Column(name = "EXECUTION")
  private int execution = 1;

  @Column(name = "EXECUTION_ID")
  private String executionId = "";

  @Column(name = "NAME")
  private String name = "";

  @Column(name = "ORCHESTRATOR_VERSION")
  private @Nullable String orchestratorVersion;

  @Version
  @Column(name = "VERSION")
  private long version;

  /** A name, so that one which this release does not know does not stop a query over many rows. */
  @Column(name = "STATUS")
  private String status = RuntimeStatus.PENDING.name();

  @Column(name = "LEASE_OWNER")
  private @Nullable String leaseOwner;

  /** Nobody may claim before that time; 0 if it was never leased or its last lease was answered. */
  @Column(name = "LEASE_EXPIRES_AT")
  private long leaseExpiresAt;

  @Column(name = "ATTEMPT")
  private int attempt;

  @Column(name = "HISTORY_SIZE")
  private int historySize;

  @Column(name = "CREATED_AT")
  private long createdAt;

  @Column(name = "UPDATED_AT")
  private long updatedAt;

  @Column(name = "COMPLETED_AT")
  private @Nullable Long completedAt;

  @Column(name = "PARENT_INSTANCE_KEY")
  private @Nullable Long parentInstanceKey;

  @Column(name = "PARENT_INSTANCE_ID")
  private @Nullable String parentInstanceId;

  @Column(name = "PARENT_EXECUTION")
  private @Nullable Integer parentExecution;

  @Column(name = "PARENT_TASK_ID")
  private @Nullable Integer parentTaskId;

  @Column(name = "INPUT_JSON")
  private @Nullable String input;

  @Column(name = "OUTPUT_JSON")
  private @Nullable String output;

  @Column(name = "CUSTOM_STATUS")
  private @Nullable String customStatus;

  @Column(name = "FAILURE")
  private @Nullable String failure;

  @Column(name = "TAGS")
  private @Nullable String tags;

  /** Where the state of an entity is: nowhere, {@link #IN_ROW} or {@link #APART}. */
  @Column(name = "STATE_PLACE")
  private int statePlace = NOWHERE;

  @Column(name = "STATE")
  private @Nullable String state;

  protected InstanceRow() {}

  /**
   * What the status column of an instance means.
   *
   * @throws UnreadableRowException if this release does not know it
   */
  static RuntimeStatus status(Object stored, Object instanceKey) {
    try {
      return RuntimeStatus.valueOf((String) stored);
    } catch (IllegalArgumentException e) {
      throw UnreadableRowException.damaged("DURABLE_INSTANCE (" + instanceKey + ")", "status", e);
    }
  }

  /** Whether a status is one of this release. */
  static boolean isKnown(String statusName) {
    return Arrays.stream(RuntimeStatus.values()).anyMatch(s -> s.name().equals(statusName));
  }

  InstanceRow(String taskHub, NewInstance created) {
    this.taskHub = taskHub;
    this.instanceId = created.instanceId();
    this.bucket = Buckets.of(instanceId);
    this.executionId = created.executionId();
    this.name = created.name();
    this.orchestratorVersion = created.version();
    this.input = created.input();
    this.tags = Json.tags(created.tags());
    this.createdAt = created.createdAt().toEpochMilli();
    this.updatedAt = createdAt;
    ParentTask parent = created.parent();
    if (parent != null) {
      this.parentInstanceKey = parent.instance().key();
      this.parentInstanceId = parent.instance().id();
      this.parentExecution = parent.execution();
      this.parentTaskId = parent.taskId();
    }
  }

  /**
   * The values of a new row, in the order of {@link NewRows#INSTANCES}.
   *
   * @param claim by whom it is leased at once; null for nobody
   */
  static @Nullable Object[] values(
      String taskHub, long key, NewInstance created, @Nullable Claim claim) {
    return values(
        taskHub, key, created, FIRST_VERSION, RuntimeStatus.PENDING, created.createdAt(), claim);
  }

  private static @Nullable Object[] values(
      String taskHub,
      long key,
      NewInstance created,
      long version,
      RuntimeStatus status,
      Instant updatedAt,
      @Nullable Claim claim) {
    ParentTask parent = created.parent();
    return new @Nullable Object[] {
      key,
      taskHub,
      created.instanceId(),
      ORCHESTRATION,
      Buckets.of(created.instanceId()),
      1,
      created.executionId(),
      created.name(),
      created.version(),
      version,
      status.name(),
      created.createdAt().toEpochMilli(),
      updatedAt.toEpochMilli(),
      parent == null ? null : parent.instance().key(),
      parent == null ? null : parent.instance().id(),
      parent == null ? null : parent.execution(),
      parent == null ? null : parent.taskId(),
      created.input(),
      Json.tags(created.tags()),
      claim == null ? null : claim.owner(),
      claim == null ? 0L : claim.leaseUntil().toEpochMilli(),
      claim == null ? 0 : 1
    };
  }

  /** The same as the first episode leaves it, for {@link NewRows#BEGUN_INSTANCES}. */
  static @Nullable Object[] begun(String taskHub, EpisodeCommit commit, NewInstance created) {
    ExecutionSnapshot after = commit.snapshot();
    long key = commit.lease().instance().key();
    @Nullable Object[] row =
        values(taskHub, key, created, FIRST_VERSION + 1, after.status(), commit.at(), null);
    @Nullable Object[] episode = {
      commit.appended().size(),
      after.status().isFinished() ? commit.at().toEpochMilli() : null,
      after.output(),
      after.customStatus(),
      Json.text(after.failure())
    };
    @Nullable Object[] all = Arrays.copyOf(row, row.length + episode.length);
    System.arraycopy(episode, 0, all, row.length, episode.length);
    return all;
  }

  /** How others address it; known once it is persisted. */
  InstanceRef ref() {
    return new InstanceRef(instanceId, instanceKey);
  }
}
