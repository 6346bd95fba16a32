package dev.durable.jpa;

import dev.durable.core.store.Message;
import dev.durable.jpa.Instances.Found;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One statement looks, and inserts what is missing. */
final class PostgresqlSending implements Sending {

  private static final String FIND =
      """
      WITH i AS MATERIALIZED (
        SELECT INSTANCE_KEY, STATUS, VERSION FROM DURABLE_INSTANCE
        WHERE TASK_HUB = ? AND INSTANCE_ID = ? AND (STATE_PLACE <> 0 OR UPDATED_AT >= ?)),
      """;

  private static final String GOES_ON =
      InstanceRow.FINISHED.stream()
          .collect(Collectors.joining("', '", " FROM i WHERE i.STATUS NOT IN ('", "')"));

  private static final String REMEMBER =
      """
      r AS (
        INSERT INTO DURABLE_EVENT_ID (INSTANCE_KEY, EVENT_ID, RECEIVED_AT)
        SELECT i.INSTANCE_KEY, ?, ?"""
          + GOES_ON
          + " ON CONFLICT DO NOTHING RETURNING INSTANCE_KEY), ";

  private static final String INSERT =
      """
      m AS (
        INSERT INTO DURABLE_INBOX (INSTANCE_KEY, MESSAGE_ID, TASK_HUB, KIND, CARRIED, EXECUTION,
          VISIBLE_AT, EVENT_TYPE, TASK_ID, NAME, PAYLOAD, DETAILS)
        SELECT i.INSTANCE_KEY, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"""
          + GOES_ON;

  private static final String END =
      " ON CONFLICT DO NOTHING) SELECT INSTANCE_KEY, STATUS, VERSION FROM i";

  private static final String SEND = FIND + INSERT + END;

  private static final String SEND_ONCE =
      FIND + REMEMBER + INSERT + " AND EXISTS (SELECT 1 FROM r)" + END;

  @Override
  public @Nullable Found send(Target target, Message message, @Nullable Instant rememberAt) {
    Hub hub = target.hub();
    @Nullable Object[] row = InboxRow.values(hub.name(), message);
    List<Found> found =
        Jdbc.run(
            hub,
            connection -> {
              String sql = rememberAt == null ? SEND : SEND_ONCE;
              try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int parameter = 1;
                statement.setString(parameter++, hub.name());
                statement.setString(parameter++, target.instanceId());
                statement.setLong(parameter++, target.emptySince());
                if (rememberAt != null) {
                  statement.setString(parameter++, message.messageId());
                  statement.setLong(parameter++, rememberAt.toEpochMilli());
                }
                List<ColumnType> types = NewRows.INBOX.write().types();
                for (int i = 1; i < row.length; i++) {
                  types.get(i).set(statement, parameter++, row[i]);
                }
                try (ResultSet rows = statement.executeQuery()) {
                  return Jdbc.read(rows, one -> Found.read(target.instanceId(), one));
                }
              }
            });
    return found.isEmpty() ? null : found.get(0);
  }
}
