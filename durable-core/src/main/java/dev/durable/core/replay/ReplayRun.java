package dev.durable.core.replay;

import dev.durable.NonDeterminismException;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.spi.Names;
import dev.durable.core.spi.Payloads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of an orchestrator over past and fresh events: takes in one event at a time, and only
 * when the code waits for something that is not there.
 */
final class ReplayRun {

  private final OrchestratorTask task;
  private final HistoryPlayer player;
  private final OpenTasks open;
  private final ExternalEvents events;
  private final Thread runner = Thread.currentThread();
  private Supplier<@Nullable OrchestratorTask> pause = () -> null;
  private Instant now = Instant.MIN;
  private int completions;
  private boolean blocked;
  private boolean pausing;
  private boolean over;
  private @Nullable ContinueAsNewSignal continuedAsNew;

  ReplayRun(OrchestratorTask task, Payloads payloads) {
    this.task = task;
    this.player = new HistoryPlayer(task);
    this.open = new OpenTasks(this, player, payloads);
    this.events = new ExternalEvents(this, payloads);
  }

  /** Takes in events up to the one that starts the execution, and gives that. */
  ExecutionStarted start() {
    HistoryEvent event = player.next();
    while (event != null) {
      take(event);
      if (event instanceof ExecutionStarted started) {
        return started;
      }
      event = player.next();
    }
    throw new IllegalStateException(
        "The history of " + task.instance() + " has no ExecutionStarted event.");
  }

  /**
   * Asks that for the next episode where there are no more events; null leaves the orchestrator.
   */
  void pausesBy(Supplier<@Nullable OrchestratorTask> asked) {
    pause = asked;
  }

  /** Takes in events until it is so; leaves the orchestrator if there are no more to come. */
  void runUntil(BooleanSupplier condition) {
    ensureUsable();
    while (!condition.getAsBoolean()) {
      HistoryEvent event = nextOrDrift();
      if (event == null) {
        goOnOrLeave();
      } else {
        take(event);
      }
    }
  }

  private void goOnOrLeave() {
    OrchestratorTask following;
    pausing = true;
    try {
      following = pause.get();
    } finally {
      pausing = false;
    }
    if (following == null) {
      blocked = true;
      throw OrchestratorBlocked.SIGNAL;
    }
    player.goOn(following);
  }

  private @Nullable HistoryEvent nextOrDrift() {
    try {
      return player.next();
    } catch (NonDeterminismException e) {
      throw drifted(e);
    }
  }

  private void take(HistoryEvent event) {
    if (event instanceof EpisodeStarted episode) {
      now = episode.at();
    } else if (event instanceof HistoryEvent.Completion completion) {
      open.answer(completion);
    } else if (event instanceof EventRaised raised) {
      events.raised(raised);
    }
  }

  /**
   * Ends the run because the code does not fit its history; reported by {@link
   * HistoryPlayer#drift()} whatever the code does with this.
   */
  Error drifted(NonDeterminismException e) {
    player.drifted(e);
    blocked = true;
    return OrchestratorBlocked.SIGNAL;
  }

  void ensureUsable() {
    if (Thread.currentThread() != runner) {
      throw new IllegalStateException(
          "The context of an orchestration was used from the thread "
              + Thread.currentThread().getName()
              + ". It belongs to the thread that runs the orchestrator; concurrent work belongs"
              + " into activities.");
    }
    if (pausing) {
      throw new IllegalStateException(
          "The context of an orchestration was used while it waits, by something else on its"
              + " thread. It belongs to the orchestrator; an activity must not use it.");
    }
    if (over) {
      throw new IllegalStateException(
          "The context of an orchestration was used after the run that it was made for."
              + " Neither it nor its tasks may be kept in a field.");
    }
    if (continuedAsNew != null) {
      throw continuedAsNew;
    }
    if (blocked) {
      throw OrchestratorBlocked.SIGNAL;
    }
  }

  Error continueAsNew(@Nullable String input) {
    continuedAsNew = new ContinueAsNewSignal(input);
    throw continuedAsNew;
  }

  /** The run has ended. */
  void close() {
    over = true;
  }

  // ---- timers

  /**
   * A timer that fires after that time, or now if that is negative. In a rewound execution it is
   * the one that had fired before, or else its time counts from the rewind, as that of all that is
   * done again.
   */
  ReplayTimer timer(Duration delay) {
    return Stream.concat(Stream.of(now), player.rewinds().stream())
        .map(from -> after(from, delay))
        .filter(player::hadFired)
        .findFirst()
        .map(this::timer)
        .orElseGet(() -> timer(after(doneAgainAt(), delay)));
  }

  private static Instant after(Instant from, Duration delay) {
    if (delay.isNegative()) {
      return from;
    }
    boolean storable = delay.compareTo(Duration.between(from, Names.LATEST_TIME)) <= 0;
    return storable ? Names.roundedUpToMillis(from.plus(delay)) : Instant.MAX;
  }

  /** A timer that fires at that time, or now if that has passed. */
  ReplayTimer timer(Instant wanted) {
    if (wanted.isAfter(Names.LATEST_TIME)) {
      throw new IllegalArgumentException(
          "A timer cannot fire later than " + Names.LATEST_TIME + ".");
    }
    Instant earliest = wanted.isBefore(now) ? now : wanted;
    return open.timer(new TimerCreated(open.nextTaskId(), Names.roundedUpToMillis(earliest)));
  }

  /**
   * A random part, 0 to 1, for the next timer. A generator of its own, so that a change of retry
   * policies does not change the numbers that the code draws.
   */
  double jitter() {
    return random("jitter/" + open.taskIds()).nextDouble();
  }

  /** A generator that follows from the execution and that purpose. */
  Random random(String purpose) {
    return new Random(
        NameBasedUuid.of(task.executionId() + "/" + purpose).getMostSignificantBits());
  }

  void cancelTimer(int taskId) {
    ensureUsable();
    open.cancelTimer(taskId);
  }

  // ---- what it is made of, and how it stands

  HistoryPlayer player() {
    return player;
  }

  OpenTasks open() {
    return open;
  }

  ExternalEvents events() {
    return events;
  }

  /** The time of the present episode. */
  Instant now() {
    return now;
  }

  /** When what is called now is done: now, or, if it is done again, when it was rewound. */
  Instant doneAgainAt() {
    List<Instant> rewinds = player.rewinds();
    Instant rewound = rewinds.isEmpty() ? Instant.MIN : rewinds.get(rewinds.size() - 1);
    return rewound.isAfter(now) ? rewound : now;
  }

  /** The place of a task that is done now among all that are. */
  int nextCompletion() {
    return completions++;
  }

  /** Whether the code is being left, or has been. */
  boolean isLeft() {
    return blocked || over || continuedAsNew != null;
  }

  boolean isBlocked() {
    return blocked;
  }

  @Nullable ContinueAsNewSignal continuedAsNew() {
    return continuedAsNew;
  }

  /**
   * The events that nobody has received, those included that this run has not come to: no waiter of
   * this run will see them.
   */
  List<EventRaised> unreceivedEvents() {
    List<EventRaised> unreceived = new ArrayList<>(events.unreceived());
    for (HistoryEvent event : player.rest()) {
      if (event instanceof EventRaised raised) {
        unreceived.add(raised);
      }
    }
    return unreceived;
  }
}
