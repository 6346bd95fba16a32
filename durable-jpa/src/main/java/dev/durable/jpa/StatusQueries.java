package dev.durable.jpa;

import dev.durable.InstancePage;
import dev.durable.InstanceQuery;
import dev.durable.InstanceQuery.Payload;
import dev.durable.OrchestrationStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.store.PageToken;
import jakarta.persistence.TypedQuery;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What clients read: one statement each, so that the parts of an answer fit together. */
final class StatusQueries {

  private static final Logger LOG = System.getLogger("dev.durable.jpa");

  private static final String STATUS =
      """
      SELECT i.instanceId, i.executionId, i.name, i.status, i.createdAt, i.updatedAt,
        i.completedAt, i.failure, i.parentInstanceId, i.instanceKey, i.orchestratorVersion, i.tags""";

  private static final int FIRST_PAYLOAD = 12;

  private static final Set<Payload> ALL_PAYLOADS = EnumSet.allOf(Payload.class);

  private final Hub hub;

  StatusQueries(Hub hub) {
    this.hub = hub;
  }

  /**
   * Whether an id can be one at all. Databases differ in what they make of others: blanks at the
   * end, NUL, surrogates.
   */
  static boolean mayExist(String instanceId) {
    return instanceId.length() <= 200 && instanceId.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  Optional<OrchestrationStatus> status(String instanceId) {
    if (!mayExist(instanceId)) {
      return Optional.empty();
    }
    return hub.em()
        .createQuery(
            select(ALL_PAYLOADS) + "i.taskHub = :hub AND i.instanceId = :id AND i.kind = 0",
            Object[].class)
        .setParameter("hub", hub.name())
        .setParameter("id", instanceId)
        .getResultStream()
        .findFirst()
        .map(row -> status(row, ALL_PAYLOADS));
  }

  /** What is not asked for is not read: these columns may be large. */
  private static String select(Set<Payload> payloads) {
    StringBuilder jpql = new StringBuilder(STATUS);
    for (Payload payload : ALL_PAYLOADS) {
      if (payloads.contains(payload)) {
        jpql.append(", i.").append(attribute(payload));
      }
    }
    return jpql.append(" FROM InstanceRow i WHERE ").toString();
  }

  private static String attribute(Payload payload) {
    return switch (payload) {
      case INPUT -> "input";
      case OUTPUT -> "output";
      case CUSTOM_STATUS -> "customStatus";
    };
  }

  Optional<List<HistoryEvent>> history(String instanceId) {
    if (!mayExist(instanceId)) {
      return Optional.empty();
    }
    List<Object[]> rows =
        hub.em()
            .createQuery(
                """
                SELECT i.instanceKey, h FROM InstanceRow i
                LEFT JOIN HistoryRow h ON h.instanceKey = i.instanceKey AND h.execution = i.execution
                WHERE i.taskHub = :hub AND i.instanceId = :id ORDER BY h.seq""",
                Object[].class)
            .setParameter("hub", hub.name())
            .setParameter("id", instanceId)
            .getResultList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        rows.stream()
            .filter(row -> row[1] != null)
            .map(row -> ((HistoryRow) row[1]).event())
            .toList());
  }

  /** A page; those that cannot be read are left out of it and logged. */
  InstancePage list(InstanceQuery query) {
    PageToken after = PageToken.parse(query.continuationToken()).orElse(null);
    if (after != null && !mayExist(after.instanceId())) {
      throw new IllegalArgumentException("The continuation token names no instance.");
    }
    return FilterText.of(hub, query.filter())
        .map(filter -> page(query, filter, after))
        .orElseGet(() -> new InstancePage(List.of(), null));
  }

  private InstancePage page(InstanceQuery query, FilterText filter, @Nullable PageToken after) {
    if (after != null) {
      long lastTime = FilterText.millis(after.createdAt());
      // The first condition is what lets the database begin there in the index.
      filter.and(
          "i.createdAt <= ? AND (i.createdAt < ? OR i.instanceId > ?)",
          lastTime,
          lastTime,
          after.instanceId());
    }
    TypedQuery<Object[]> typed =
        hub.em()
            .createQuery(
                select(query.payloads())
                    + filter.jpql()
                    + " ORDER BY i.createdAt DESC, i.instanceId",
                Object[].class);
    for (int i = 0; i < filter.parameters().size(); i++) {
      typed.setParameter(i + 1, filter.parameters().get(i));
    }
    return page(query, typed.setMaxResults(query.pageSize() + 1).getResultList());
  }

  private static InstancePage page(InstanceQuery query, List<Object[]> rows) {
    int size = query.pageSize();
    List<OrchestrationStatus> found = new ArrayList<>();
    for (Object[] row : rows.subList(0, Math.min(size, rows.size()))) {
      try {
        found.add(status(row, query.payloads()));
      } catch (UnreadableRowException e) {
        LOG.log(
            Level.ERROR,
            "DUR-3003: Instance {0} is left out of a list. {1}",
            row[0],
            e.getMessage());
      }
    }
    return new InstancePage(found, rows.size() <= size ? null : place(rows.get(size - 1)).text());
  }

  /** Also of a row that cannot be read: the next page goes on behind it. */
  private static PageToken place(Object[] row) {
    return new PageToken(Instant.ofEpochMilli((Long) row[4]), (String) row[0]);
  }

  private static OrchestrationStatus status(@Nullable Object[] row, Set<Payload> payloads) {
    Map<Payload, String> read = new EnumMap<>(Payload.class);
    int next = FIRST_PAYLOAD;
    for (Payload payload : ALL_PAYLOADS) {
      if (payloads.contains(payload)) {
        read.put(payload, (String) row[next++]);
      }
    }
    String place = "DURABLE_INSTANCE (" + row[9] + ")";
    return new OrchestrationStatus(
        (String) row[0],
        (String) row[1],
        (String) row[2],
        InstanceRow.status(row[3], row[9]),
        Instant.ofEpochMilli((Long) row[4]),
        Instant.ofEpochMilli((Long) row[5]),
        row[6] == null ? null : Instant.ofEpochMilli((Long) row[6]),
        read.get(Payload.INPUT),
        read.get(Payload.OUTPUT),
        read.get(Payload.CUSTOM_STATUS),
        Json.failureOrNull((String) row[7], place),
        (String) row[8],
        (String) row[10],
        Json.tags((String) row[11], place));
  }
}
