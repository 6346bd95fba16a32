package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Message;
import dev.durable.jpa.Instances.Found;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks first: embedded, there is no round trip to save. */
final class DerbySending implements Sending {

  private static final String FIND =
      """
      SELECT INSTANCE_KEY, STATUS, VERSION FROM DURABLE_INSTANCE
      WHERE TASK_HUB = ?1 AND INSTANCE_ID = ?2 AND (STATE_PLACE <> 0 OR UPDATED_AT >= ?3)""";

  private static final String IS_REMEMBERED =
      "SELECT 1 FROM DURABLE_EVENT_ID WHERE INSTANCE_KEY = ?1 AND EVENT_ID = ?2";

  private static @Nullable Found find(Target target) {
    List<Found> found =
        Jdbc.query(
            target.hub(),
            FIND,
            row -> Found.read(target.instanceId(), row),
            target.hub().name(),
            target.instanceId(),
            target.emptySince());
    return found.isEmpty() ? null : found.get(0);
  }

  @Override
  public @Nullable Found send(Target target, Message message, @Nullable Instant rememberAt) {
    Found found = find(target);
    if (found == null || found.status().isFinished()) {
      return found;
    }
    Hub hub = target.hub();
    InstanceRef ref = found.ref();
    Batch batch = new Batch(hub);
    if (rememberAt != null) {
      if (!NativeSql.query(hub, IS_REMEMBERED, ref.key(), message.messageId()).isEmpty()) {
        return found;
      }
      batch.insert(NewRows.EVENT_IDS, ref.key(), message.messageId(), rememberAt.toEpochMilli());
    }
    @Nullable Object[] row = InboxRow.values(hub.name(), message);
    row[0] = ref.key();
    batch.insert(NewRows.INBOX, row);
    batch.execute();
    return found;
  }
}
