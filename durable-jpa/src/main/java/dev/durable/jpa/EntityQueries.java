package dev.durable.jpa;

import dev.durable.EntityId;
import dev.durable.EntityPage;
import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.EntityPageToken;
import jakarta.persistence.TypedQuery;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What clients read of entities: one statement each, so that the parts fit together. */
final class EntityQueries {

  private static final Logger LOG = System.getLogger("dev.durable.jpa");

  private static final String SELECT =
      """
      SELECT i.instanceId, i.instanceKey, i.createdAt, i.updatedAt, i.statePlace, i.failure,
        l.ownerId, (SELECT COUNT(m.messageId) FROM InboxRow m WHERE m.instanceKey = i.instanceKey)""";

  private static final String FROM =
      """
      \sFROM InstanceRow i LEFT JOIN LockRow l ON l.instanceKey = i.instanceKey""";

  /** States may be large. */
  private static final String STATES = ", i.state, p.payload";

  private static final String WITH_STATES =
      """
      \sLEFT JOIN PayloadRow p ON p.instanceKey = i.instanceKey AND p.purpose = 'STATE'""";

  private final Hub hub;

  EntityQueries(Hub hub) {
    this.hub = hub;
  }

  Optional<EntityStatus> status(EntityId id) {
    return hub.em()
        .createQuery(
            select(true) + " WHERE i.taskHub = :hub AND i.instanceId = :id AND i.kind = 1",
            Object[].class)
        .setParameter("hub", hub.name())
        .setParameter("id", EntityDelivery.instanceId(id))
        .getResultStream()
        .findFirst()
        .map(row -> status(row, true));
  }

  private static String select(boolean withStates) {
    return withStates ? SELECT + STATES + FROM + WITH_STATES : SELECT + FROM;
  }

  /** A page; those that cannot be read are left out of it and logged. */
  EntityPage list(EntityQuery query) {
    EntityPageToken after = EntityPageToken.parse(query.continuationToken()).orElse(null);
    String prefix = EntityPageToken.prefix(query);
    if (!StatusQueries.mayExist(prefix)) {
      return new EntityPage(List.of(), null);
    }
    hub.dialect().rowLocks().planWithParameters(hub);
    List<Object[]> rows = rows(query, prefix, after);
    int size = query.pageSize();
    List<EntityStatus> found = new ArrayList<>();
    for (Object[] row : rows.subList(0, Math.min(size, rows.size()))) {
      try {
        found.add(status(row, query.fetchState()));
      } catch (UnreadableRowException e) {
        LOG.log(
            Level.ERROR, "DUR-3003: Entity {0} is left out of a list. {1}", row[0], e.getMessage());
      }
    }
    return new EntityPage(
        found,
        rows.size() <= size ? null : new EntityPageToken((String) rows.get(size - 1)[0]).text());
  }

  /** Prefixes are ranges: these find the index in every database and with every plan. */
  private List<Object[]> rows(EntityQuery query, String prefix, @Nullable EntityPageToken after) {
    int last = prefix.length() - 1;
    StringBuilder jpql =
        new StringBuilder(select(query.fetchState()))
            .append(" WHERE i.taskHub = :hub AND i.kind = 1")
            .append(" AND i.instanceId >= :prefix AND i.instanceId < :end");
    jpql.append(after == null ? "" : " AND i.instanceId > :after");
    jpql.append(query.modifiedFrom() == null ? "" : " AND i.updatedAt >= :modifiedFrom");
    jpql.append(query.modifiedTo() == null ? "" : " AND i.updatedAt < :modifiedTo");
    jpql.append(query.withState() ? " AND i.statePlace <> 0" : "");
    TypedQuery<Object[]> typed =
        hub.em()
            .createQuery(jpql.append(" ORDER BY i.instanceId").toString(), Object[].class)
            .setParameter("hub", hub.name())
            .setParameter("prefix", prefix)
            .setParameter("end", prefix.substring(0, last) + (char) (prefix.charAt(last) + 1));
    if (after != null) {
      typed.setParameter("after", after.instanceId());
    }
    if (query.modifiedFrom() != null) {
      typed.setParameter("modifiedFrom", FilterText.millis(query.modifiedFrom()));
    }
    if (query.modifiedTo() != null) {
      typed.setParameter("modifiedTo", FilterText.millis(query.modifiedTo()));
    }
    return typed.setMaxResults(query.pageSize() + 1).getResultList();
  }

  private static EntityStatus status(@Nullable Object[] row, boolean withState) {
    int place = (Integer) row[4];
    return new EntityStatus(
        EntityDelivery.entity((String) row[0]),
        withState ? EntityWorks.state(row[1], place, (String) row[8], (String) row[9]) : null,
        place != InstanceRow.NOWHERE,
        Instant.ofEpochMilli((Long) row[2]),
        Instant.ofEpochMilli((Long) row[3]),
        NativeSql.number(row[7]),
        (String) row[6],
        Json.failureOrNull((String) row[5], "DURABLE_INSTANCE (" + row[1] + ")"));
  }
}
