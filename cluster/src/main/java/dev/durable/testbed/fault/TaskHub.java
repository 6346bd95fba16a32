package dev.durable.testbed.fault;

import dev.durable.testbed.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the tables say, asked from outside of all nodes. A connection for each question. */
final class TaskHub {

  private final PostgresDatabase database;

  TaskHub(PostgresDatabase database) {
    this.database = database;
  }

  PostgresDatabase database() {
    return database;
  }

  /** What a node has in hand. */
  List<Held> held(String node) throws SQLException {
    List<Held> held = new ArrayList<>();
    try (Connection connection = database.connection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select instance_key, instance_id, execution, null::integer as task_id, version
                from durable_instance where lease_owner like ?
                union all
                select instance_key, instance_id, execution, task_id, version
                from durable_activity_task where lease_owner like ?""")) {
      statement.setString(1, node + "-%");
      statement.setString(2, node + "-%");
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          held.add(
              new Held(
                  rows.getLong(1),
                  rows.getString(2),
                  rows.getInt(3),
                  rows.getObject(4, Integer.class),
                  rows.getLong(5)));
        }
      }
    }
    return held;
  }

  /** Those of them that nobody else has taken or ended since. */
  List<Held> notGoneOn(List<Held> held) throws SQLException {
    Map<String, Long> versions = new HashMap<>();
    try (Connection connection = database.connection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select instance_key || ':' || execution, version from durable_instance
                where instance_key = any (?)
                union all
                select instance_key || ':' || execution || ':' || task_id, version
                from durable_activity_task where instance_key = any (?)""")) {
      var keys =
          connection.createArrayOf(
              "bigint", held.stream().map(Held::instanceKey).distinct().toArray());
      statement.setArray(1, keys);
      statement.setArray(2, keys);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          versions.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    return held.stream()
        .filter(item -> versions.getOrDefault(name(item), Long.MAX_VALUE) <= item.version())
        .toList();
  }

  private static String name(Held item) {
    String instance = item.instanceKey() + ":" + item.execution();
    return item.task() == null ? instance : instance + ":" + item.task();
  }

  /** How many errands have completed that nobody called. */
  long completed() throws SQLException {
    return number(
        "select count(*) from durable_instance"
            + " where kind = 0 and parent_instance_key is null and status = 'COMPLETED'");
  }

  /** The one number that a query gives. */
  long number(String sql) throws SQLException {
    try (Connection connection = database.connection();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
