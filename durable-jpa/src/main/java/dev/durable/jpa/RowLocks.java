package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Message;
import dev.durable.jpa.Held.HeldInstance;
import dev.durable.jpa.Held.HeldTask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** How rows are locked, and read past the locks of others: what each database says differently. */
interface RowLocks {

  /** The unique key of a message. */
  record Address(long instanceKey, String messageId) {
    static Address of(Message message) {
      return new Address(message.target().key(), message.messageId());
    }
  }

  /** An instance that has the id of one that is to be created. */
  record Known(InstanceRef ref, String executionId, long version, @Nullable String owner) {

    /** What {@link #of} reads; the condition about the id is missing. */
    static final String SQL =
        "SELECT INSTANCE_ID, INSTANCE_KEY, EXECUTION_ID, VERSION, LEASE_OWNER"
            + " FROM DURABLE_INSTANCE WHERE TASK_HUB = ?1 AND INSTANCE_ID";

    static Known of(ResultSet row) throws SQLException {
      return new Known(
          new InstanceRef(row.getString(1), row.getLong(2)),
          row.getString(3),
          row.getLong(4),
          row.getString(5));
    }
  }

  /** Events of an execution: those behind that one. */
  record HistoryPart(long instanceKey, int execution, int after) {}

  /**
   * Locks finished instances, the oldest first, of those that the filter means: those that nobody
   * else has locked, where the database can tell.
   *
   * @return their keys
   */
  List<Long> holdFinished(Hub hub, FilterText filter, int max);

  /**
   * Creates entities that are not there, in the order of their ids. Whoever else creates one of
   * them at the same moment is waited for, and then it is that one.
   *
   * @param ids with the time of creation
   */
  void createEntities(Hub hub, SortedMap<String, Instant> ids);

  /**
   * Entities that may be removed: without state, lock and messages, and not updated since that
   * time; locked, and passed over where others have locked them, if the database can do that. What
   * they have must be looked at again.
   */
  SortedSet<Long> holdEmptyEntities(Hub hub, long emptySince, int max);

  /**
   * Of these tasks those whose execution goes on, as far as can be seen without waiting for
   * anybody; what is not committed yet may be seen.
   */
  default Collection<ParentTask> seenRunning(Hub hub, Collection<ParentTask> tasks) {
    return List.of();
  }

  /** The keys of ids that are remembered for entities since before that time. */
  List<Object[]> forgettableIds(Hub hub, long before, int max);

  /** Locks instances in the order of their keys, waiting for whoever has them. */
  Map<Long, HeldInstance> holdInstances(Hub hub, SortedSet<Long> keys);

  /** Locks tasks in the order of their keys, waiting for whoever has them. */
  Map<TaskKey, HeldTask> holdTasks(Hub hub, SortedSet<TaskKey> keys);

  /**
   * Locks the row of an activity that has a limit, and makes it if it is the first time.
   *
   * @return what it says of starts; empty for none
   */
  String holdLimit(Hub hub, String activity);

  /** Makes those rows of that number of partitions that are not there. */
  void createPartitions(Hub hub, int count);

  /**
   * Locks partitions in their order: those that nobody else has locked, where the database can
   * tell. Who waited here for a node that stands still would not renew its leases meanwhile.
   *
   * @return number, owner and end of the lease of each
   */
  List<Object[]> holdPartitions(Hub hub, int count, SortedSet<Integer> numbers);

  /** The last one of a block of keys for instances that nobody else gets. */
  long lastKeyOfABlock(Hub hub);

  /** Those of these ids that are there. */
  List<Known> known(Hub hub, List<String> instanceIds);

  /**
   * Has the queries that follow in this transaction planned with their parameters: those of people
   * look for something else each time, and the best plan depends on it.
   */
  default void planWithParameters(Hub hub) {}

  /** A query that waits for nobody, and so may see what is not committed yet. */
  String unlocked(String query);
}
