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

  private final List<ClaimedInstance> instances;
  private final Map<Long, List<HistoryEvent>> known = new HashMap<>();
  private final Map<Long, List<HistoryRow>> read = new HashMap<>();

  ClaimedHistories(List<ClaimedInstance> instances, CachedHistories cached) {
    this.instances = instances;
    for (ClaimedInstance instance : instances) {
      known.put(instance.key(), prefix(instance, cached.find(instance.key())));
    }
  }

  /** What is to be read. */
  List<HistoryPart> missing() {
    List<HistoryPart> parts = new ArrayList<>();
    for (ClaimedInstance instance : instances) {
      int cached = known.getOrDefault(instance.key(), List.of()).size();
      if (cached < instance.historySize()) {
        parts.add(new HistoryPart(instance.key(), instance.execution(), cached));
      }
    }
    return parts;
  }

  /** Adds what was read. */
  void add(List<HistoryRow> rows) {
    for (HistoryRow row : rows) {
      read.computeIfAbsent(row.instanceKey(), key -> new ArrayList<>()).add(row);
    }
  }

  private static List<HistoryEvent> prefix(
      ClaimedInstance instance, @Nullable CachedHistory cached) {
    boolean fits =
        cached != null
            && cached.execution() == instance.execution()
            && cached.events().size() <= instance.historySize();
    return fits ? cached.events() : List.of();
  }

  /** Those that what was cached does not lead up to: they are read from their first event on. */
  List<HistoryPart> gaps() {
    List<HistoryPart> gaps = new ArrayList<>();
    for (ClaimedInstance instance : instances) {
      int cached = known.getOrDefault(instance.key(), List.of()).size();
      int more = read.getOrDefault(instance.key(), List.of()).size();
      if (cached > 0 && cached + more != instance.historySize()) {
        known.put(instance.key(), List.of());
        read.remove(instance.key());
        gaps.add(new HistoryPart(instance.key(), instance.execution(), 0));
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
