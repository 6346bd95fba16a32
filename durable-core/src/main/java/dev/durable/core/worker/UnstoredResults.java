package dev.durable.core.worker;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.InstanceWorkItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Results of activities that are stored with the next episode of their orchestration, instead of
 * before it: one commit, and neither a claim nor a read.
 *
 * <p><b>Which.</b> Those of orchestrations that stand as this node's last commit has left them, as
 * far as it knows, and those of which an episode is under way here: they wait for its end. All
 * others are stored by themselves.
 *
 * <p><b>Why nothing is lost, or done twice.</b> A result keeps the lease of its task until it is
 * stored, so a crash before that has the activity done again, as it has a crash before the commit
 * of the result itself. The commit of the episode is fenced by the version of the instance and of
 * all those tasks; if it is refused, or fails, or never comes about, each result is stored by
 * itself after all, and there the same fence decides. So a result is written once, by one of the
 * two ways.
 *
 * <p><b>Why it does not wait for ever.</b> What has waited for {@link #PATIENCE} for an episode
 * that has not come to its commit is stored by itself at the next look, also if that episode has it
 * already; its commit is fenced off then.
 *
 * <p>Where the last episode took long, as one does that replays a long history, results are not
 * kept waiting: they are stored by themselves, and the next episode finds all of them together.
 */
final class UnstoredResults {

  /** How many episodes may follow straight on another while others wait for their slot. */
  static final int MOST_IN_A_ROW = 10;

  /** For how long a result waits for user code of an orchestrator. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** An orchestration whose last episode took longer has its results stored by themselves. */
  static final Duration LONG = PATIENCE.dividedBy(4);

  /** How many orchestrations are remembered to have long episodes. */
  private static final int MOST_LONG = 1_000;

  /**
   * A result, and who is to be told.
   *
   * @param since when it came
   */
  record Result(ActivityCompletion completion, Waiter waiter, Instant since) {}

  /** Told of the outcome, once. */
  interface Waiter extends CommitQueue.Waiter {
    /** It was stored with an episode, which has seen it. */
    void committedWithEpisode();
  }

  /** The results that an episode has; taken once: by its end, or because it takes too long. */
  final class Taken {

    private final InstanceRef instance;
    private final Instant since = desk.clock().instant();
    private List<Result> results;

    private Taken(InstanceRef instance, List<Result> results) {
      this.instance = instance;
      this.results = List.copyOf(results);
    }

    /** For the beginning of the episode. */
    List<ActivityCompletion> completions() {
      return results.stream().map(Result::completion).toList();
    }

    /** For the end of the episode: those that nobody has stored meanwhile. */
    List<Result> take() {
      synchronized (rooms) {
        List<Result> all = results;
        results = List.of();
        return all;
      }
    }
  }

  /** What there is of an orchestration with an episode under way. */
  private static final class Room {
    private final Set<Taken> episodes = new HashSet<>();
    private final List<Result> waiting = new ArrayList<>();

    /** How many episodes have followed straight on another. */
    private int inARow;
  }

  private final Desk desk;
  private final Function<ActivityCompletion, Optional<InstanceWorkItem>> standing;
  private final Map<Long, Room> rooms = new HashMap<>();

  /** Keys of orchestrations whose last episode took long; the oldest knowledge goes first. */
  private final Set<Long> longOnes = new LinkedHashSet<>();

  private final BooleanSupplier slotsAreAwaited;
  private final Beginning beginning;

  /** Begins episodes that were not claimed. */
  interface Beginning {
    /** The item has those results. {@link #leave} must follow, whatever comes of it. */
    void begin(InstanceWorkItem item, Taken results);
  }

  /**
   * Over that desk.
   *
   * @param standing the orchestration of a result as it stands, with a slot for its episode; empty
   *     if nothing is known of it, or there is no slot
   * @param slotsAreAwaited whether claimed orchestrations wait for slots
   */
  UnstoredResults(
      Desk desk,
      Function<ActivityCompletion, Optional<InstanceWorkItem>> standing,
      BooleanSupplier slotsAreAwaited,
      Beginning beginning) {
    this.desk = desk;
    this.standing = standing;
    this.slotsAreAwaited = slotsAreAwaited;
    this.beginning = beginning;
  }

  /** Has a result stored, with an episode or by itself. */
  void add(ActivityCompletion completion, Waiter waiter) {
    desk.held().handOver(completion.lease());
    Result result = new Result(completion, waiter, desk.clock().instant());
    if (!desk.claiming().getAsBoolean() || !desk.options().lanes().localActivities()) {
      store(result);
      return;
    }
    Optional<InstanceWorkItem> item;
    Taken taken = new Taken(completion.lease().instance(), List.of(result));
    synchronized (rooms) {
      long key = completion.lease().instance().key();
      Room room = rooms.get(key);
      boolean isLong = longOnes.contains(key);
      if (room != null && !isLong) {
        room.waiting.add(result);
        return;
      }
      item = isLong ? Optional.empty() : standing.apply(completion);
      if (item.isPresent()) {
        room = new Room();
        room.episodes.add(taken);
        rooms.put(key, room);
      }
    }
    item.ifPresentOrElse(
        found -> beginning.begin(found.with(taken.completions()), taken), () -> store(result));
  }

  /**
   * An episode of a claimed item begins, which gets the results that wait; {@link #leave} must
   * follow.
   */
  Taken enter(InstanceWorkItem claimed) {
    InstanceRef instance = claimed.lease().instance();
    boolean takesResults = !claimed.execution().status().isFinished();
    synchronized (rooms) {
      Room room = rooms.computeIfAbsent(instance.key(), key -> new Room());
      List<Result> results = takesResults ? takeOf(room, claimed.execution().number()) : List.of();
      Taken taken = new Taken(instance, results);
      room.episodes.add(taken);
      return taken;
    }
  }

  private static List<Result> takeOf(Room room, int execution) {
    List<Result> results = new ArrayList<>();
    for (Iterator<Result> each = room.waiting.iterator(); each.hasNext(); ) {
      Result result = each.next();
      if (result.completion().lease().execution() == execution) {
        results.add(result);
        each.remove();
      }
    }
    return results;
  }

  /**
   * An episode is over, and its results are taken. What has come meanwhile goes to the next one, or
   * is stored by itself.
   */
  void leave(Taken taken) {
    List<Result> waiting;
    Optional<InstanceWorkItem> next;
    List<Result> forNext = List.of();
    Taken takenByNext;
    synchronized (rooms) {
      long key = taken.instance.key();
      Room room = rooms.get(key);
      if (room == null || !room.episodes.remove(taken) || !room.episodes.isEmpty()) {
        return;
      }
      remember(taken);
      next =
          room.waiting.isEmpty()
                  || longOnes.contains(key)
                  || !desk.claiming().getAsBoolean()
                  || isToYield(room)
              ? Optional.empty()
              : standing.apply(room.waiting.get(0).completion());
      if (next.isPresent()) {
        forNext = takeOf(room, next.get().execution().number());
      }
      waiting = List.copyOf(room.waiting);
      room.waiting.clear();
      takenByNext = new Taken(taken.instance, forNext);
      if (next.isPresent()) {
        room.episodes.add(takenByNext);
        room.inARow++;
      } else {
        rooms.remove(key);
      }
    }
    AllRun all = new AllRun();
    waiting.forEach(result -> all.run(() -> store(result)));
    next.ifPresent(
        item -> all.run(() -> beginning.begin(item.with(takenByNext.completions()), takenByNext)));
    all.throwOn();
  }

  private void remember(Taken ended) {
    Long key = ended.instance.key();
    longOnes.remove(key);
    if (desk.clock().instant().isAfter(ended.since.plus(LONG))) {
      longOnes.add(key);
      if (longOnes.size() > MOST_LONG) {
        longOnes.remove(longOnes.iterator().next());
      }
    }
  }

  /** An instance whose results never end must not keep its slot for ever. */
  private boolean isToYield(Room room) {
    return room.inARow >= MOST_IN_A_ROW && slotsAreAwaited.getAsBoolean();
  }

  /** Stores by themselves what has waited for too long. Does not use the store. */
  void storeLate() {
    Instant before = desk.clock().instant().minus(PATIENCE);
    List<Result> late = new ArrayList<>();
    synchronized (rooms) {
      for (Room room : rooms.values()) {
        for (Taken taken : room.episodes) {
          if (taken.results.stream().anyMatch(result -> result.since().isBefore(before))) {
            late.addAll(taken.results);
            taken.results = List.of();
          }
        }
        room.waiting.stream().filter(r -> r.since().isBefore(before)).forEach(late::add);
        room.waiting.removeIf(result -> result.since().isBefore(before));
      }
    }
    AllRun all = new AllRun();
    late.forEach(result -> all.run(() -> store(result)));
    all.throwOn();
  }

  /** Stores a result by itself: sees to it, without waiting. */
  void store(Result result) {
    desk.commits().add(result.completion(), result.waiter());
  }
}
