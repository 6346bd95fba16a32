package dev.durable.jpa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** Writes down each statement that is sent over a data source; a batch counts as one. */
final class StatementLog {

  private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

  /** What was sent since the last call. */
  List<String> take() {
    synchronized (sent) {
      List<String> taken = List.copyOf(sent);
      sent.clear();
      return taken;
    }
  }

  DataSource over(DataSource dataSource) {
    return proxy(
        DataSource.class,
        dataSource,
        (name, arguments, result) ->
            result instanceof Connection connection ? over(connection) : result);
  }

  private Connection over(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (name, arguments, result) ->
            result instanceof PreparedStatement statement
                ? over((String) arguments[0], statement)
                : result);
  }

  private PreparedStatement over(String sql, PreparedStatement statement) {
    return proxy(
        PreparedStatement.class,
        statement,
        (name, arguments, result) -> {
          if (name.startsWith("execute")) {
            sent.add(sql.replaceAll("\\s+", " "));
          }
          return result;
        });
  }

  private interface After {
    Object apply(String name, Object[] arguments, Object result);
  }

  private static <T> T proxy(Class<T> type, T target, After after) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          try {
            return after.apply(method.getName(), arguments, method.invoke(target, arguments));
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(
        Proxy.newProxyInstance(
            StatementLog.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
