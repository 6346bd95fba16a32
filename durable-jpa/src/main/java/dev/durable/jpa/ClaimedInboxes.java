package dev.durable.jpa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The deliverable messages of claimed instances, which are those that {@link
 * dev.durable.core.store.Message#isDeliverable} says: all of them while they are few. If they are
 * many, each instance gets its oldest ones, so that one full inbox neither fills the memory nor
 * keeps its neighbours' messages out; the rest is for the next episode.
 */
final class ClaimedInboxes {

  /** As many as the operations that an entity runs at once by default. */
  static final int MAX_MESSAGES = 5_000;

  static final int MIN_PER_INSTANCE = 100;

  private final Hub hub;

  ClaimedInboxes(Hub hub) {
    this.hub = hub;
  }

  /**
   * By instance.
   *
   * @param messages that were read of these instances: all, or more than {@link #MAX_MESSAGES}
   */
  Map<Long, List<InboxRow>> deliverable(List<InboxRow> messages, List<Long> keys, long now) {
    if (messages.size() > MAX_MESSAGES) {
      return oldest(keys, now);
    }
    Map<Long, List<InboxRow>> byInstance = new HashMap<>();
    for (InboxRow row : messages) {
      byInstance.computeIfAbsent(row.instanceKey(), k -> new ArrayList<>()).add(row);
    }
    return byInstance;
  }

  private Map<Long, List<InboxRow>> oldest(List<Long> keys, long now) {
    int max = Math.max(MIN_PER_INSTANCE, MAX_MESSAGES / keys.size());
    Map<Long, List<InboxRow>> byInstance = new HashMap<>();
    for (Long key : keys) {
      byInstance.put(
          key,
          hub.em()
              .createQuery(
                  """
                  SELECT m FROM InboxRow m WHERE m.instanceKey = :key AND m.heldBack = 0
                    AND (m.visibleAt <= :now OR m.carried <> 0)
                  ORDER BY CASE WHEN m.carried > 0 THEN m.carried ELSE 2147483647 END, m.arrival""",
                  InboxRow.class)
              .setParameter("key", key)
              .setParameter("now", now)
              .setMaxResults(max)
              .getResultList());
    }
    return byInstance;
  }
}
