package dev.durable.core.hub;

import dev.durable.AwaitTimeoutException;
import dev.durable.DurableClient;
import dev.durable.HistoryEntry;
import dev.durable.InstanceAlreadyExistsException;
import dev.durable.InstanceFinishedException;
import dev.durable.InstanceNotFoundException;
import dev.durable.InstancePage;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationFailedException;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import dev.durable.UnknownFunctionException;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.spi.Failures;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Names;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.ResolvedFunction;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import dev.durable.core.worker.WakeUps;
import dev.durable.function.FunctionReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client over a store. Where a host has transactions, the store joins them and the wake-ups
 * wait for their commit: that is the host's doing, this class does not see it.
 */
public final class TaskHubClient implements DurableClient {

  /** How long a waiting client relies on signals before it looks for itself. */
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  private final TaskHubStore store;
  private final FunctionRegistry functions;
  private final Payloads payloads;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final WakeUps wakeUps;
  private final FinishSignal finishSignal;

  /** Over those doors. */
  public TaskHubClient(
      TaskHubStore store,
      FunctionRegistry functions,
      Payloads payloads,
      InstantSource clock,
      Supplier<String> ids,
      WakeUps wakeUps,
      FinishSignal finishSignal) {
    this.store = store;
    this.functions = functions;
    this.payloads = payloads;
    this.clock = clock;
    this.ids = ids;
    this.wakeUps = wakeUps;
    this.finishSignal = finishSignal;
  }

  // ---- start

  @Override
  public String start(String orchestrator, @Nullable Object input, StartOptions options) {
    checkKnown(orchestrator);
    return create(orchestrator, payloads.write(input, "the input of " + orchestrator), options);
  }

  @Override
  public String startWithJson(String orchestrator, @Nullable String json, StartOptions options) {
    checkKnown(orchestrator);
    return create(orchestrator, payloads.check(json, "the input of " + orchestrator), options);
  }

  @Override
  public String startOrchestrator(
      FunctionReference orchestrator, @Nullable Object input, StartOptions options) {
    return start(ResolvedFunction.orchestrator(orchestrator).name(), input, options);
  }

  private void checkKnown(String orchestrator) {
    if (functions.orchestrator(orchestrator).isEmpty()) {
      throw new UnknownFunctionException(
          "orchestrator", orchestrator, functions.orchestratorNames());
    }
  }

  private String create(String orchestrator, @Nullable String input, StartOptions options) {
    String id =
        options.instanceId() == null ? ids.get() : Names.checkInstanceId(options.instanceId());
    Instant now = now();
    Instant startAt = startAt(options.startAt(), now);
    CreateOutcome outcome =
        store.create(new NewInstance(id, ids.get(), orchestrator, input, now, startAt, null));
    if (outcome instanceof CreateOutcome.Exists exists) {
      throw new InstanceAlreadyExistsException(id, exists.status());
    }
    wake(now, startAt);
    return id;
  }

  private static Instant startAt(@Nullable Instant wanted, Instant now) {
    if (wanted == null || wanted.isBefore(now)) {
      return now;
    }
    if (wanted.isAfter(Names.LATEST_TIME)) {
      throw new IllegalArgumentException(
          "An instance cannot start at "
              + wanted
              + ", which is later than "
              + Names.LATEST_TIME
              + ". Nothing was stored.");
    }
    return Names.roundedUpToMillis(wanted);
  }

  private void wake(Instant now, Instant visibleAt) {
    if (visibleAt.isAfter(now)) {
      wakeUps.instanceDueAt(visibleAt);
    } else {
      wakeUps.instanceDue();
    }
  }

  // ---- messages

  @Override
  public void raiseEvent(String instanceId, String name, @Nullable Object payload) {
    raise(instanceId, name, what -> payloads.write(payload, what));
  }

  @Override
  public void raiseEventWithJson(String instanceId, String name, @Nullable String json) {
    raise(instanceId, name, what -> payloads.check(json, what));
  }

  /** The name first: the messages about a payload repeat it. */
  private void raise(
      String instanceId, String name, Function<String, @Nullable String> checkedPayload) {
    Names.checkEvent(name);
    String json = checkedPayload.apply("the payload of event " + name);
    String eventId = ids.get();
    send(instanceId, "event:" + eventId, new EventRaised("event:" + eventId, name, json));
  }

  @Override
  public void terminate(String instanceId, @Nullable String reason) {
    send(
        instanceId,
        "terminate:" + ids.get(),
        new ExecutionTerminated(Failures.terminated(reason).message()));
  }

  private void send(String instanceId, String messageId, HistoryEvent event) {
    SendOutcome outcome = store.send(Names.checkInstanceId(instanceId), messageId, event, now());
    if (outcome instanceof SendOutcome.NotFound) {
      throw new InstanceNotFoundException(instanceId);
    }
    if (outcome instanceof SendOutcome.Finished finished) {
      throw new InstanceFinishedException(instanceId, finished.status());
    }
    wakeUps.instanceDue();
  }

  // ---- reading

  @Override
  public Optional<OrchestrationStatus> status(String instanceId) {
    return store.status(Names.checkInstanceId(instanceId));
  }

  @Override
  public InstancePage list(InstanceQuery query) {
    if (query.instanceIdPrefix() != null) {
      Names.checkInstanceIdPrefix(query.instanceIdPrefix());
    }
    return store.list(query);
  }

  @Override
  public List<HistoryEntry> history(String instanceId) {
    return HistoryView.of(
        store
            .history(Names.checkInstanceId(instanceId))
            .orElseThrow(() -> new InstanceNotFoundException(instanceId)));
  }

  @Override
  public Set<String> orchestrators() {
    return new TreeSet<>(functions.orchestratorNames());
  }

  // ---- waiting

  @Override
  @SuppressWarnings("unchecked") // read as that type
  public <R extends @Nullable Object> R await(
      String instanceId, Class<R> resultType, Duration timeout) {
    OrchestrationStatus status = awaitFinished(instanceId, timeout);
    if (status.runtimeStatus() != RuntimeStatus.COMPLETED) {
      throw new OrchestrationFailedException(status);
    }
    return (R) payloads.read(status.output(), resultType, "the result of " + status.name());
  }

  @Override
  public OrchestrationStatus awaitFinished(String instanceId, Duration timeout) {
    Instant end = end(timeout);
    while (true) {
      OrchestrationStatus status =
          status(instanceId).orElseThrow(() -> new InstanceNotFoundException(instanceId));
      if (status.runtimeStatus().isFinished()) {
        return status;
      }
      Duration left = Duration.between(clock.instant(), end);
      if (left.isNegative() || left.isZero()) {
        throw new AwaitTimeoutException(
            "The instance "
                + instanceId
                + " did not finish within "
                + timeout
                + "; it is "
                + status.runtimeStatus()
                + " and goes on.");
      }
      pause(instanceId, left.compareTo(LOOK_INTERVAL) < 0 ? left : LOOK_INTERVAL);
    }
  }

  /** A time-out that is longer than time lasts is for ever. */
  private Instant end(Duration timeout) {
    Instant now = clock.instant();
    boolean ends = timeout.compareTo(Duration.between(now, Names.LATEST_TIME)) <= 0;
    return ends ? now.plus(timeout) : Names.LATEST_TIME;
  }

  private void pause(String instanceId, Duration atMost) {
    try {
      finishSignal.await(instanceId, atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AwaitTimeoutException(
          "The thread that waited for instance "
              + instanceId
              + " was interrupted; the instance goes on.");
    }
  }

  /** What a store can keep. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
