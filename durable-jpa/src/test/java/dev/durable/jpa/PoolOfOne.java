package dev.durable.jpa;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * A pool of one connection of PostgreSQL that hands out what it got back, whatever its state,
 * unless it is closed; and lets single statements fail.
 */
final class PoolOfOne {

  /** Makes a statement fail instead of being sent, or once it was. */
  private record Failure(SQLException with, boolean sent) {}

  private final DataSource connections;
  private final Map<String, Failure> failures = new HashMap<>();
  private @Nullable Connection kept;
  private int taken;
  private int closedWithResults;

  PoolOfOne(DataSource connections) {
    this.connections = connections;
  }

  /** Statements that begin so are not sent, and fail. */
  void failing(String sql, String state) {
    failures.put(sql, new Failure(new SQLException("pretended", state), false));
  }

  /** Statements that begin so are sent, and then fail. */
  void failingOnceSent(String sql, String state) {
    failures.put(sql, new Failure(new SQLException("pretended", state), true));
  }

  /** How often a connection was taken. */
  int taken() {
    return taken;
  }

  /** How many statements were closed before all their results were seen. */
  int closedWithResults() {
    return closedWithResults;
  }

  /** Whether there is a connection that can be used further. */
  boolean hasConnection() throws SQLException {
    return kept != null && !kept.isClosed();
  }

  /** Whether it is as it was: usable, and in no transaction. */
  boolean isClean() throws SQLException {
    return kept != null
        && !kept.isClosed()
        && kept.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE
        && answers(kept);
  }

  private static boolean answers(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT 1");
        ResultSet row = query.executeQuery()) {
      return row.next() && connection.getAutoCommit();
    }
  }

  DataSource door() {
    return (DataSource)
        Proxy.newProxyInstance(
            PoolOfOne.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> take());
  }

  private Connection take() throws SQLException {
    taken++;
    Connection connection = hasConnection() ? kept : connections.getConnection();
    kept = connection;
    return (Connection)
        Proxy.newProxyInstance(
            PoolOfOne.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              Object result = invoke(method, connection, arguments);
              return result instanceof PreparedStatement statement
                  ? over((String) arguments[0], statement)
                  : result;
            });
  }

  private PreparedStatement over(String sql, PreparedStatement statement) {
    Failure failure =
        failures.entrySet().stream()
            .filter(planned -> sql.startsWith(planned.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
    return (PreparedStatement)
        Proxy.newProxyInstance(
            PoolOfOne.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, arguments) -> {
              boolean fails = failure != null && method.getName().startsWith("execute");
              if (fails && !failure.sent()) {
                throw failure.with();
              } else if (method.getName().equals("close") && hasResults(statement)) {
                closedWithResults++;
              }
              Object result = invoke(method, statement, arguments);
              if (fails) {
                throw failure.with();
              }
              return result;
            });
  }

  private static boolean hasResults(PreparedStatement statement) throws SQLException {
    return !statement.isClosed()
        && (statement.getMoreResults() || statement.getUpdateCount() != -1);
  }

  private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
