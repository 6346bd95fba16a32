package dev.durable.jpa;

import dev.durable.InstanceFilter;
import dev.durable.RuntimeStatus;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Deletes finished instances with all that belongs to them. */
final class Purges {

  /** The instance's row comes last: it is what locks the others. */
  private static final List<String> DELETES =
      List.of(
          "DELETE FROM ActivityTaskRow t WHERE t.instanceKey IN :keys",
          "DELETE FROM InboxRow m WHERE m.instanceKey IN :keys",
          "DELETE FROM HistoryRow h WHERE h.instanceKey IN :keys",
          "DELETE FROM EventIdRow e WHERE e.instanceKey IN :keys",
          "DELETE FROM TagRow t WHERE t.instanceKey IN :keys",
          "DELETE FROM PayloadRow p WHERE p.instanceKey IN :keys",
          "DELETE FROM InstanceRow i WHERE i.instanceKey IN :keys");

  private final Hub hub;

  Purges(Hub hub) {
    this.hub = hub;
  }

  int purge(InstanceFilter filter, int max) {
    Set<RuntimeStatus> finished = EnumSet.noneOf(RuntimeStatus.class);
    Arrays.stream(RuntimeStatus.values())
        .filter(RuntimeStatus::isFinished)
        .filter(status -> filter.statuses().isEmpty() || filter.statuses().contains(status))
        .forEach(finished::add);
    Optional<FilterText> text = FilterText.of(hub, filter.withStatuses(Set.of()));
    if (finished.isEmpty() || text.isEmpty() || max <= 0) {
      return 0;
    }
    List<Long> keys =
        hub.dialect().rowLocks().holdFinished(hub, text.get().andStatusIn(finished), max);
    delete(keys);
    return keys.size();
  }

  /** Deletes instances that are locked. */
  void delete(Collection<Long> keys) {
    TreeSet<Long> sorted = new TreeSet<>(keys);
    HeldRows.of(hub, List.of(), List.of(), Neighbours.tasks(hub, sorted));
    for (String delete : DELETES) {
      for (List<Long> portion : hub.portions(sorted)) {
        hub.em().createQuery(delete).setParameter("keys", portion).executeUpdate();
      }
    }
  }
}
