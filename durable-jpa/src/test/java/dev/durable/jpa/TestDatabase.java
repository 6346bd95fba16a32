package dev.durable.jpa;

import dev.durable.core.store.TaskHubStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.jspecify.annotations.Nullable;

/** A database with our tables, and doors to the hubs in it. One of each kind serves all tests. */
final class TestDatabase {

  private static final AtomicInteger NAMES = new AtomicInteger();

  private static final class Derby {
    static final TestDatabase INSTANCE = open(Dialect.DERBY, emptyDerby());
  }

  private static final class Postgresql {
    static final TestDatabase INSTANCE = open(Dialect.POSTGRESQL, emptyPostgresql());
  }

  private static final class Server {
    static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final Dialect dialect;
  private final DataSource dataSource;
  private final StatementLog log = new StatementLog();
  private final EntityManagerFactory factory;
  private final InstanceKeys keys = new InstanceKeys();

  /** Of calls that do without. */
  private final EntityManager unused;

  private TestDatabase(Dialect dialect, DataSource dataSource) {
    this.dialect = dialect;
    this.dataSource = dataSource;
    this.factory = factory(log.over(dataSource));
    this.unused = factory.createEntityManager();
  }

  static TestDatabase of(Dialect dialect) {
    return dialect == Dialect.DERBY ? Derby.INSTANCE : Postgresql.INSTANCE;
  }

  /** One of its own, with our tables. */
  static TestDatabase fresh(Dialect dialect) {
    return open(dialect, empty(dialect));
  }

  /** A database of its own, without tables. */
  static DataSource empty(Dialect dialect) {
    return dialect == Dialect.DERBY ? emptyDerby() : emptyPostgresql();
  }

  private static DataSource emptyDerby() {
    EmbeddedDataSource derby = new EmbeddedDataSource();
    derby.setDatabaseName("memory:" + unique("durable"));
    derby.setCreateDatabase("create");
    run(
        derby,
        "CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.locks.waitTimeout', '10')",
        "CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.locks.deadlockTimeout', '1')");
    return derby;
  }

  private static DataSource emptyPostgresql() {
    String name = unique("durable");
    run(Server.INSTANCE.getPostgresDatabase(), "CREATE DATABASE " + name);
    return Server.INSTANCE.getDatabase("postgres", name);
  }

  private static TestDatabase open(Dialect dialect, DataSource dataSource) {
    try {
      new Schema(dataSource, dialect).prepare(Schema.Mode.APPLY);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new TestDatabase(dialect, dataSource);
  }

  /** The unit that is delivered; only its transactions are ours here. */
  private static EntityManagerFactory factory(DataSource dataSource) {
    return Persistence.createEntityManagerFactory(
        "durable",
        Map.of(
            "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
            "jakarta.persistence.nonJtaDataSource", dataSource,
            "jakarta.persistence.jtaDataSource", ""));
  }

  /** A name that no other test uses. */
  static String unique(String prefix) {
    return prefix + NAMES.incrementAndGet();
  }

  Dialect dialect() {
    return dialect;
  }

  DataSource dataSource() {
    return dataSource;
  }

  StatementLog log() {
    return log;
  }

  /** Runs statements, each in a transaction of its own. */
  void run(String... statements) {
    run(dataSource, statements);
  }

  static void run(DataSource dataSource, String... statements) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** How many rows of that instance a table has. */
  int count(String table, long instanceKey) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT COUNT(*) FROM " + table + " WHERE INSTANCE_KEY = " + instanceKey)) {
      count.next();
      return count.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** A door to a hub: each call is a transaction of its own, without the host's where it can be. */
  TaskHubStore open(String hub) {
    TaskHubStore store = openInTransactions(hub);
    return new WithoutTransactions(oneRoundTrip(hub, dataSource), store).door();
  }

  /** The same, always with the host's transaction. */
  TaskHubStore openInTransactions(String hub) {
    return open(hub, true, null);
  }

  /** The same, which writes as if each call were one of several in a transaction. */
  TaskHubStore openJoining(String hub) {
    return open(hub, false, null);
  }

  /** The same for a node that knows where the queues begin. */
  TaskHubStore openKnowing(String hub, QueueHeads heads) {
    return open(hub, true, heads);
  }

  /** Calls without a transaction, by whatever connections. */
  OneRoundTrip oneRoundTrip(String hub, DataSource connections) {
    return new JpaTaskHubStore(new Hub(unused, dialect, hub, keys), false)
        .inOneRoundTrip(log.over(connections));
  }

  private TaskHubStore open(String hub, boolean atOnce, @Nullable QueueHeads heads) {
    return (TaskHubStore)
        Proxy.newProxyInstance(
            TestDatabase.class.getClassLoader(),
            new Class<?>[] {TaskHubStore.class},
            (proxy, method, arguments) ->
                inTransaction(
                    em -> {
                      Hub place =
                          heads == null
                              ? new Hub(em, dialect, hub, keys)
                              : new Hub(em, dialect, hub, keys, heads);
                      return invoke(method, new JpaTaskHubStore(place, atOnce), arguments);
                    }));
  }

  static Object invoke(Method method, Object target, Object[] arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs calls in one transaction, as a caller's transaction joins them. */
  <T> T inTransaction(Function<EntityManager, T> calls) {
    EntityManager em = factory.createEntityManager();
    try {
      em.getTransaction().begin();
      // As with a container's transaction, all statements go over its one connection.
      em.unwrap(Connection.class);
      T result = calls.apply(em);
      em.getTransaction().commit();
      return result;
    } finally {
      if (em.getTransaction().isActive()) {
        em.getTransaction().rollback();
      }
      em.close();
    }
  }
}
