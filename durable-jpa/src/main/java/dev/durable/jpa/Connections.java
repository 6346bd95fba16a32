package dev.durable.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What the statements of a call go over. */
sealed interface Connections {

  /** Work on a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Does the work on one.
   *
   * @throws PersistenceException with what the database has thrown as its cause
   */
  <T> T during(Work<T> work);

  /** Whether it is part of a transaction that others begin and end. */
  boolean areOfTransaction();

  private static <T> T on(Connection connection, Work<T> work) {
    try {
      return work.on(connection);
    } catch (SQLException e) {
      throw new PersistenceException(e.getMessage(), e);
    }
  }

  /** The connection of the transaction that an entity manager is in. */
  record OfTransaction(EntityManager em) implements Connections {

    @Override
    public <T> T during(Work<T> work) {
      Connection connection = em.unwrap(Connection.class);
      if (connection == null) {
        throw new IllegalStateException("There is no transaction.");
      }
      return on(connection, work);
    }

    @Override
    public boolean areOfTransaction() {
      return true;
    }
  }

  /**
   * A connection for each piece of work, on which every statement is a transaction, for threads
   * that have none.
   */
  record Autocommitting(DataSource dataSource) implements Connections {

    private static final Logger LOG = System.getLogger(Connections.class.getName());

    @Override
    public <T> T during(Work<T> work) {
      Connection connection;
      try {
        connection = dataSource.getConnection();
      } catch (SQLException e) {
        throw new PersistenceException(e.getMessage(), e);
      }
      try {
        return on(
            connection,
            own -> {
              if (!own.getAutoCommit()) {
                own.setAutoCommit(true);
              }
              return work.on(own);
            });
      } finally {
        close(connection);
      }
    }

    /** What the work has done, or thrown, is what counts. */
    private static void close(Connection connection) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.log(Level.DEBUG, "A connection was not closed; its pool finds it broken", e);
      }
    }

    @Override
    public boolean areOfTransaction() {
      return false;
    }
  }
}
