package dev.durable.core.worker;

import dev.durable.core.store.ActivityClaim.Names;
import dev.durable.core.store.ActivityWorkItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The lanes of activities, which share the slots of the node. Whichever has had a turn goes to the
 * end of the queue, so that none takes all slots that become free while others wait.
 */
final class ActivityLanes {

  private final ActivityLane others;
  private final Map<String, ActivityLane> limited = new TreeMap<>();
  private final List<ActivityLane> all;

  /** Who has waited longest first; used by one claim at a time. */
  private final List<ActivityLane> queue = new ArrayList<>();

  ActivityLanes(Desk desk) {
    TaskHubOptions options = desk.options();
    Slots slots = new Slots(options.maxConcurrentActivities());
    new TreeMap<>(options.activityLimits())
        .forEach(
            (name, limit) -> {
              int own = limit.maxConcurrent() == null ? slots.count() : limit.maxConcurrent();
              limited.put(
                  name,
                  new ActivityLane(desk, new Names.Only(name), limit.hub(), new Slots(own, slots)));
            });
    this.others =
        new ActivityLane(desk, new Names.AllExcept(Set.copyOf(limited.keySet())), null, slots);
    queue.add(others);
    queue.addAll(limited.values());
    this.all = List.copyOf(queue);
  }

  /** That of an activity. */
  ActivityLane of(String name) {
    return limited.getOrDefault(name, others);
  }

  /** There may be something to claim of any of them. */
  void hinted() {
    all.forEach(ActivityLane::hinted);
  }

  /**
   * Lets each claim for which there may be something, whatever the claim of another throws. Returns
   * how many were claimed.
   */
  int claim(BiConsumer<ActivityLane, ActivityWorkItem> begin) {
    int[] claimed = {0};
    AllRun turns = new AllRun();
    for (ActivityLane lane : queue.stream().filter(ActivityLane::isDue).toList()) {
      turns.run(() -> claimed[0] += turn(lane, begin));
    }
    turns.throwOn();
    return claimed[0];
  }

  private int turn(ActivityLane lane, BiConsumer<ActivityLane, ActivityWorkItem> begin) {
    int claimed = 0;
    try {
      claimed = lane.claim(item -> begin.accept(lane, item));
    } finally {
      if (claimed > 0 || lane.hadItsTurn()) {
        queue.remove(lane);
        queue.add(lane);
      }
    }
    return claimed;
  }
}
