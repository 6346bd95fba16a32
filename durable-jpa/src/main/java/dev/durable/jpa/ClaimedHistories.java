package dev.durable.jpa;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.store.CachedHistories;
import dev.durable.core.store.CachedHistory;
import dev.durable.jpa.RowLocks.HistoryPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The histories of claimed instances: of each, what the node has not cached is read, all with one
 * statement where the database can. The rows are locked, so what they say of their histories is
 * what is there.
 */
final class ClaimedHistories {

  /** A claimed instance and its present execution with so many events. */
  record Wanted(long instanceKey, int execution, int size) {}

  private final Map<Long, List<HistoryEvent>> known = new HashMap<>();
  private final Map<Long, List<HistoryRow>> read = new HashMap<>();

  private ClaimedHistories() {}

  static ClaimedHistories read(Hub hub, List<Wanted> instances, CachedHistories cached) {
    ClaimedHistories histories = new ClaimedHistories();
    List<HistoryPart> parts = new ArrayList<>();
    for (Wanted wanted : instances) {
      List<HistoryEvent> prefix = prefix(wanted, cached.find(wanted.instanceKey()));
      histories.known.put(wanted.instanceKey(), prefix);
      if (prefix.size() < wanted.size()) {
        parts.add(new HistoryPart(wanted.instanceKey(), wanted.execution(), prefix.size()));
      }
    }
    histories.read(hub, parts);
    histories.read(hub, histories.withGaps(instances));
    return histories;
  }

  private static List<HistoryEvent> prefix(Wanted wanted, @Nullable CachedHistory cached) {
    boolean fits =
        cached != null
            && cached.execution() == wanted.execution()
            && cached.events().size() <= wanted.size();
    return fits ? cached.events() : List.of();
  }

  private void read(Hub hub, List<HistoryPart> parts) {
    for (List<HistoryPart> portion : hub.portions(parts)) {
      for (HistoryRow row : hub.dialect().rowLocks().histories(hub, portion)) {
        read.computeIfAbsent(row.instanceKey(), key -> new ArrayList<>()).add(row);
      }
    }
  }

  /** Those that what was cached does not lead up to: they are read from their first event on. */
  private List<HistoryPart> withGaps(List<Wanted> instances) {
    List<HistoryPart> gaps = new ArrayList<>();
    for (Wanted wanted : instances) {
      int cached = known.getOrDefault(wanted.instanceKey(), List.of()).size();
      int more = read.getOrDefault(wanted.instanceKey(), List.of()).size();
      if (cached > 0 && cached + more != wanted.size()) {
        known.put(wanted.instanceKey(), List.of());
        read.remove(wanted.instanceKey());
        gaps.add(new HistoryPart(wanted.instanceKey(), wanted.execution(), 0));
      }
    }
    return gaps;
  }

  /**
   * All events of an instance.
   *
   * @throws UnreadableRowException if one of them cannot be read
   */
  List<HistoryEvent> of(long instanceKey) {
    List<HistoryEvent> cached = known.getOrDefault(instanceKey, List.of());
    List<HistoryRow> rows = read.getOrDefault(instanceKey, List.of());
    if (rows.isEmpty()) {
      return cached;
    }
    List<HistoryEvent> events = new ArrayList<>(cached.size() + rows.size());
    events.addAll(cached);
    rows.forEach(row -> events.add(row.event()));
    return List.copyOf(events);
  }
}
