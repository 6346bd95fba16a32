package dev.durable.core.worker;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.spi.ActivityFunction;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.store.ActivityClaim.Names;
import dev.durable.core.store.ActivityWorkItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of activities, which share the slots of the node. Whichever has had a turn goes to the
 * end of the queue, so that none takes all slots that become free while others wait; what waits in
 * memory goes first, whatever its lane.
 */
final class ActivityLanes implements ActivityLane.Company {

  private final Desk desk;
  private final FunctionRegistry functions;
  private final BiConsumer<ActivityLane, ActivityWorkItem> begin;
  private final ActivityLane others;
  private final Map<String, ActivityLane> limited = new TreeMap<>();
  private final List<ActivityLane> all;

  /** Who has waited longest first; used by one claim at a time. */
  private final List<ActivityLane> queue = new ArrayList<>();

  /** Whether the present thread begins what waits. */
  private final ThreadLocal<@Nullable Boolean> beginning = new ThreadLocal<>();

  /** Whether somebody will look for what has waited for too long. */
  private final AtomicBoolean watched = new AtomicBoolean();

  /**
   * Over that desk.
   *
   * @param functions says which activities begin once at most
   * @param begin what to do with a task that has a slot
   */
  ActivityLanes(
      Desk desk, FunctionRegistry functions, BiConsumer<ActivityLane, ActivityWorkItem> begin) {
    this.desk = desk;
    this.functions = functions;
    this.begin = begin;
    TaskHubOptions options = desk.options();
    Slots slots = new Slots(options.maxConcurrentActivities());
    new TreeMap<>(options.activityLimits())
        .forEach(
            (name, limit) -> {
              int own = limit.maxConcurrent() == null ? slots.count() : limit.maxConcurrent();
              limited.put(
                  name,
                  new ActivityLane(
                      desk, new Names.Only(name), limit.hub(), new Slots(own, slots), this));
            });
    this.others =
        new ActivityLane(
            desk, new Names.AllExcept(Set.copyOf(limited.keySet())), null, slots, this);
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
  int claim() {
    int[] claimed = {0};
    AllRun turns = new AllRun();
    for (ActivityLane lane : queue.stream().filter(ActivityLane::isDue).toList()) {
      turns.run(() -> claimed[0] += turn(lane));
    }
    turns.throwOn();
    return claimed[0];
  }

  private int turn(ActivityLane lane) {
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

  // ---- what waits in memory

  @Override
  public boolean othersLackSlots(ActivityLane lane) {
    for (ActivityLane other : all) {
      if (other != lane && other.lacksSharedSlots()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean mayWait(String activity) {
    return functions.activity(activity).filter(ActivityFunction::atMostOnce).isEmpty();
  }

  @Override
  public boolean mayAllWait(ActivityLane lane) {
    return functions.activityNames().stream().allMatch(name -> of(name) != lane || mayWait(name));
  }

  @Override
  public void waits() {
    if (watched.compareAndSet(false, true)) {
      desk.wakeUps().activitiesWaitUntil(desk.clock().instant().plus(Anteroom.PATIENCE));
    }
  }

  /**
   * Begins what waits, as long as there are slots; of all lanes what could be claimed first. What
   * cannot begin leaves its slot at once, on this thread, which then goes on here with the next
   * one: within each other, thousands of them would not fit on its stack.
   */
  @Override
  public void slotFree() {
    if (!isAnyWaiting() || beginning.get() != null) {
      return;
    }
    beginning.set(true);
    try {
      while (isAnyWaiting() && beginOne()) {
        // and the next one
      }
    } finally {
      beginning.remove();
    }
  }

  private boolean isAnyWaiting() {
    for (ActivityLane lane : all) {
      if (lane.waiting() > 0) {
        return true;
      }
    }
    return false;
  }

  private boolean beginOne() {
    record First(Instant visibleAt, ActivityLane lane) {}
    List<First> firsts = new ArrayList<>();
    for (ActivityLane lane : all) {
      Instant first = lane.firstWaiting();
      if (first != null) {
        firsts.add(new First(first, lane));
      }
    }
    firsts.sort(Comparator.comparing(First::visibleAt));
    for (First first : firsts) {
      Optional<ActivityWorkItem> item = first.lane().next();
      if (item.isPresent()) {
        begin(first.lane(), item.get());
        return true;
      }
    }
    return false;
  }

  /** Whoever has given a slot free has other things to do than to care for what is thrown here. */
  private void begin(ActivityLane lane, ActivityWorkItem item) {
    try {
      begin.accept(lane, item);
    } catch (RuntimeException | Error e) {
      desk.listener().storeFailed("beginning of " + item.lease(), e);
    }
  }

  /** Whether something has waited for too long. Does not use the store. */
  boolean isAnyLate() {
    Instant before = desk.clock().instant().minus(Anteroom.PATIENCE);
    return all.stream().anyMatch(lane -> isLate(lane, before));
  }

  private static boolean isLate(ActivityLane lane, Instant before) {
    Instant since = lane.waitingSince();
    return since != null && !since.isAfter(before);
  }

  /** Gives back what has waited for too long, and sees to it that the rest is looked at in time. */
  void giveBackLate() {
    watched.set(false);
    Instant before = desk.clock().instant().minus(Anteroom.PATIENCE);
    AllRun returns = new AllRun();
    all.stream()
        .filter(lane -> isLate(lane, before))
        .forEach(lane -> returns.run(lane::giveBackWaiting));
    all.stream()
        .map(ActivityLane::waitingSince)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .ifPresent(this::watchFrom);
    returns.throwOn();
  }

  private void watchFrom(Instant since) {
    if (watched.compareAndSet(false, true)) {
      desk.wakeUps().activitiesWaitUntil(since.plus(Anteroom.PATIENCE));
    }
  }

  /** Gives back the tasks of an instance that wait, so that they do not begin. */
  void giveBackWaiting(InstanceRef instance) {
    AllRun returns = new AllRun();
    all.forEach(lane -> returns.run(() -> lane.giveBackWaiting(instance)));
    returns.throwOn();
  }

  /** Tasks of an instance do not begin, those of its executions up to that number. */
  void cancelWaiting(InstanceRef instance, int lastExecution) {
    all.forEach(lane -> lane.cancelWaiting(instance, lastExecution));
  }
}
