package dev.durable.core.replay;

import dev.durable.DurableTimer;
import dev.durable.NonDeterminismException;
import dev.durable.OrchestrationContext;
import dev.durable.RetryPolicy;
import dev.durable.Task;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.replay.Decisions.CustomStatus;
import dev.durable.core.spi.Names;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.ResolvedFunction;
import dev.durable.function.FunctionReference;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The orchestrator's view of one run over past and fresh events. */
final class ReplayContext implements OrchestrationContext {

  private final OrchestratorTask task;
  private final Payloads payloads;
  private final HistoryPlayer player;
  private final OpenTasks open;
  private final ExternalEvents events;
  private final Thread runner = Thread.currentThread();
  private Instant now = Instant.MIN;
  private @Nullable CustomStatus customStatus;
  private int uuids;
  private int completions;
  private boolean blocked;
  private boolean over;
  private @Nullable ContinueAsNewSignal continuedAsNew;

  ReplayContext(OrchestratorTask task, Payloads payloads) {
    this.task = task;
    this.payloads = payloads;
    this.player = new HistoryPlayer(task);
    this.open = new OpenTasks(this, player, payloads);
    this.events = new ExternalEvents(this, payloads);
  }

  // ---- the run

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

  /** Takes in events until it is so; leaves the orchestrator if there are no more. */
  void runUntil(BooleanSupplier condition) {
    ensureUsable();
    while (!condition.getAsBoolean()) {
      HistoryEvent event = nextOrDrift();
      if (event == null) {
        blocked = true;
        throw OrchestratorBlocked.SIGNAL;
      }
      take(event);
    }
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

  /** The run has ended. */
  void close() {
    over = true;
  }

  HistoryPlayer player() {
    return player;
  }

  boolean isBlocked() {
    return blocked;
  }

  @Nullable ContinueAsNewSignal continuedAsNew() {
    return continuedAsNew;
  }

  @Nullable CustomStatus customStatus() {
    return customStatus;
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

  int nextCompletion() {
    return completions++;
  }

  // ---- facts

  @Override
  public String instanceId() {
    return task.instance().id();
  }

  @Override
  public String executionId() {
    return task.executionId();
  }

  @Override
  public String name() {
    return task.name();
  }

  @Override
  public @Nullable String parentInstanceId() {
    return task.parentInstanceId();
  }

  @Override
  public Instant currentInstant() {
    return now;
  }

  @Override
  public UUID newUuid() {
    ensureUsable();
    return NameBasedUuid.of(task.executionId(), uuids++);
  }

  @Override
  public boolean isReplaying() {
    return player.isReplaying();
  }

  @Override
  public void setCustomStatus(@Nullable Object status) {
    ensureUsable();
    customStatus =
        new CustomStatus(payloads.write(status, "the custom status of " + task.instance()));
  }

  // ---- calls

  @Override
  public <R extends @Nullable Object> Task<R> call(
      String activity, @Nullable Object input, Class<R> resultType, RetryPolicy retry) {
    return activity(activity, input, resultType, retry);
  }

  @Override
  public <R extends @Nullable Object> Task<R> callActivity(
      FunctionReference activity, @Nullable Object input, RetryPolicy retry) {
    ResolvedFunction function = ResolvedFunction.activity(activity);
    return activity(function.name(), input, function.resultType(), retry);
  }

  private <R extends @Nullable Object> DurableTask<R> activity(
      String name, @Nullable Object input, Type resultType, RetryPolicy retry) {
    ensureUsable();
    Names.checkFunction(name);
    String json = payloads.write(input, "the input of activity " + name);
    if (retry.maxAttempts() == 1) {
      return attempt(name, json, resultType);
    }
    return new RetryingTask<>(
        this, "The activity " + name, retry, () -> attempt(name, json, resultType));
  }

  private <R extends @Nullable Object> DurableTask<R> attempt(
      String name, @Nullable String json, Type resultType) {
    return open.call(new TaskScheduled(open.nextTaskId(), name, json), name, resultType);
  }

  @Override
  public <R extends @Nullable Object> Task<R> callSubOrchestrator(
      String orchestrator,
      @Nullable Object input,
      Class<R> resultType,
      @Nullable String instanceId) {
    return subOrchestration(orchestrator, input, resultType, instanceId);
  }

  @Override
  public <R extends @Nullable Object> Task<R> callOrchestrator(
      FunctionReference orchestrator, @Nullable Object input, @Nullable String instanceId) {
    ResolvedFunction function = ResolvedFunction.orchestrator(orchestrator);
    return subOrchestration(function.name(), input, function.resultType(), instanceId);
  }

  private <R extends @Nullable Object> DurableTask<R> subOrchestration(
      String name, @Nullable Object input, Type resultType, @Nullable String givenId) {
    ensureUsable();
    Names.checkFunction(name);
    if (givenId != null) {
      Names.checkInstanceId(givenId);
    }
    String json = payloads.write(input, "the input of orchestrator " + name);
    int taskId = open.nextTaskId();
    String childId = givenId == null ? task.executionId() + ":" + taskId : givenId;
    return open.call(
        new SubOrchestrationInstanceCreated(taskId, childId, name, json), name, resultType);
  }

  @Override
  public ReplayTimer createTimer(Duration delay) {
    ensureUsable();
    boolean storable = delay.compareTo(Duration.between(now, Names.LATEST_TIME)) <= 0;
    return timer(storable ? now.plus(delay) : Instant.MAX);
  }

  @Override
  public DurableTimer createTimer(Instant fireAt) {
    ensureUsable();
    return timer(fireAt);
  }

  private ReplayTimer timer(Instant wanted) {
    if (wanted.isAfter(Names.LATEST_TIME)) {
      throw new IllegalArgumentException(
          "A timer cannot fire later than " + Names.LATEST_TIME + ".");
    }
    Instant earliest = wanted.isBefore(now) ? now : wanted;
    Instant fireAt = Names.roundedUpToMillis(earliest);
    return open.timer(new TimerCreated(open.nextTaskId(), fireAt));
  }

  void cancelTimer(int taskId) {
    ensureUsable();
    open.cancelTimer(taskId);
  }

  @Override
  public <T extends @Nullable Object> Task<T> waitForEvent(String name, Class<T> payloadType) {
    ensureUsable();
    Names.checkEvent(name);
    return events.waitFor(name, payloadType);
  }

  @Override
  public <T extends @Nullable Object> Task<List<T>> allOf(List<? extends Task<? extends T>> tasks) {
    ensureUsable();
    return Combined.allOf(this, tasks);
  }

  @Override
  public Task<Task<?>> anyOf(List<? extends Task<?>> tasks) {
    ensureUsable();
    return Combined.anyOf(this, tasks);
  }

  @Override
  public <T extends @Nullable Object> Iterable<Task<T>> inCompletionOrder(
      List<? extends Task<T>> tasks) {
    ensureUsable();
    return Combined.inCompletionOrder(this, tasks);
  }

  @Override
  public Error continueAsNew(@Nullable Object input) {
    ensureUsable();
    continuedAsNew = new ContinueAsNewSignal(payloads.write(input, "the input of " + task.name()));
    throw continuedAsNew;
  }
}
