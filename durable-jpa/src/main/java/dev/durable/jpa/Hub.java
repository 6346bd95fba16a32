package dev.durable.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/**
 * A task hub's place in the database, for the length of one call.
 *
 * @param em in the caller's transaction
 * @param connections for statements that do without the entity manager
 * @param dialect of its database
 * @param name of the task hub
 * @param keys for new instances
 * @param heads where its queues begin; only used on PostgreSQL
 * @param grown what PostgreSQL is to count
 */
record Hub(
    EntityManager em,
    Connections connections,
    Dialect dialect,
    String name,
    InstanceKeys keys,
    QueueHeads heads,
    GrownTables grown) {

  /** All in the caller's transaction. */
  Hub(EntityManager em, Dialect dialect, String name, InstanceKeys keys) {
    this(em, dialect, name, keys, new QueueHeads(System::nanoTime));
  }

  /** The same of a node that knows where the queues begin. */
  Hub(EntityManager em, Dialect dialect, String name, InstanceKeys keys, QueueHeads heads) {
    this(em, new Connections.OfTransaction(em), dialect, name, keys, heads, new GrownTables());
  }

  /** The same hub for statements that each are a transaction; none of them by entity manager. */
  Hub autocommitting(DataSource dataSource) {
    return new Hub(
        em, new Connections.Autocommitting(dataSource), dialect, name, keys, heads, grown);
  }

  /** Whether a batch can be written here as if its fences held, so that nothing is read before. */
  boolean canFence() {
    return dialect.writing().fencesInTransactions() == connections.areOfTransaction();
  }

  /**
   * A statement that EclipseLink sends together with the next ones of the same text, and does at
   * the latest with the flush. It returns no count, so it must be about rows that are locked
   * already. Without that flush mode each statement would flush the one before it.
   */
  Query batched(String jpql) {
    return batched(em.createQuery(jpql));
  }

  /** The same in SQL, with positional parameters; the statements of one text stay in order. */
  Query batchedSql(String sql) {
    return batched(em.createNativeQuery(sql));
  }

  private static Query batched(Query query) {
    return query
        .setHint("eclipselink.jdbc.batch-writing", "True")
        .setFlushMode(FlushModeType.COMMIT);
  }

  /** The keys in portions for one select each. */
  <T> List<List<T>> portions(Collection<T> keys) {
    List<T> all = List.copyOf(keys);
    List<List<T>> portions = new ArrayList<>();
    for (int from = 0; from < all.size(); from += dialect.keysPerRead()) {
      portions.add(all.subList(from, Math.min(all.size(), from + dialect.keysPerRead())));
    }
    return portions;
  }
}
