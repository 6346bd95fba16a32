package dev.durable.samples.orders;

import dev.durable.OrchestrationContext;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.HistoryEvent.TimerCanceled;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.history.HistoryEvent.TimerFired;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.Decisions.Outcome;
import dev.durable.core.replay.Decisions.Waiting;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.spi.ActivityFunction;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.DataConverter;
import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.Failures;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.OrchestratorFunction;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code fulfil-order} on the engine's own replay, without a server: every activity is answered by
 * a {@link Shop} in the next episode, then comes an event, if there is one, and when nothing else
 * is left the next timer fires.
 */
final class Rehearsal implements FunctionRegistry {

  static final Payloads PAYLOADS = new Payloads(new Json(), 1024 * 1024);

  private static final String NAME = "fulfil-order";
  private static final InstanceRef INSTANCE = new InstanceRef("order-1", 1);

  private final OrderOrchestrations orchestrations = new OrderOrchestrations();
  private final Shop shop;
  private final Deque<EventRaised> events = new ArrayDeque<>();
  private final List<HistoryEvent> history = new ArrayList<>();
  private final Map<Integer, TimerCreated> timers = new TreeMap<>();
  private Instant now = Instant.parse("2026-01-31T10:00:00Z");

  Rehearsal(Shop shop) {
    this.shop = shop;
  }

  /** An event {@code approval} with that payload, for when nothing else happens. */
  Rehearsal approval(@Nullable String json) {
    events.add(new EventRaised("event:" + events.size(), "approval", json));
    return this;
  }

  /** How an order ends. */
  Outcome order(@Nullable String json) {
    List<HistoryEvent> came = List.of(new ExecutionStarted(NAME, json, null));
    while (true) {
      Decisions decisions = episode(came);
      if (!(decisions.outcome() instanceof Waiting)) {
        return decisions.outcome();
      }
      came = next(decisions);
    }
  }

  private Decisions episode(List<HistoryEvent> came) {
    List<HistoryEvent> fresh = new ArrayList<>();
    fresh.add(new EpisodeStarted(now));
    fresh.addAll(came);
    Decisions decisions =
        new OrchestrationExecutor(this, PAYLOADS, CallDefaults.none(), Versions.standard())
            .execute(
                new OrchestratorTask(
                    INSTANCE,
                    1,
                    "e-1",
                    NAME,
                    null,
                    null,
                    RecordedHistory.of(history),
                    fresh,
                    false));
    history.addAll(fresh);
    history.addAll(decisions.actions());
    now = now.plusSeconds(1);
    return decisions;
  }

  private List<HistoryEvent> next(Decisions decisions) {
    List<HistoryEvent> next = new ArrayList<>();
    for (HistoryEvent.Action action : decisions.actions()) {
      if (action instanceof TaskScheduled task) {
        next.add(answer(task));
      } else if (action instanceof TimerCreated timer) {
        timers.put(timer.taskId(), timer);
      } else if (action instanceof TimerCanceled canceled) {
        timers.remove(canceled.taskId());
      }
    }
    if (next.isEmpty()) {
      next.add(events.isEmpty() ? timer() : events.remove());
    }
    return next;
  }

  private HistoryEvent answer(TaskScheduled task) {
    try {
      return new TaskCompleted(task.taskId(), shop.run(task.name(), task.input()));
    } catch (RuntimeException e) {
      return new TaskFailed(task.taskId(), Failures.of(e));
    }
  }

  private HistoryEvent timer() {
    TimerCreated first = timers.remove(timers.keySet().iterator().next());
    now = first.fireAt();
    return new TimerFired(first.taskId(), first.fireAt());
  }

  @Override
  public List<OrchestratorFunction> orchestrators(String name) {
    return List.of(
        new OrchestratorFunction() {
          @Override
          public Type inputType() {
            return Order.class;
          }

          @Override
          @SuppressWarnings("NullAway") // as the engine does for an order without a body
          public Object invoke(OrchestrationContext context, @Nullable Object input) {
            return orchestrations.fulfil(context, (Order) input);
          }
        });
  }

  @Override
  public Optional<ActivityFunction> activity(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<EntityFunction> entity(String name) {
    return Optional.empty();
  }

  @Override
  public Set<String> entityNames() {
    return Set.of();
  }

  @Override
  public Set<String> orchestratorNames() {
    return Set.of(NAME);
  }

  @Override
  public Set<String> activityNames() {
    return Set.of();
  }

  /** As on the server. */
  private static final class Json implements DataConverter {

    private final Jsonb jsonb = JsonbBuilder.create();

    @Override
    public String write(Object value) {
      return jsonb.toJson(value);
    }

    @Override
    public @Nullable Object read(String json, Type type) {
      return jsonb.fromJson(json, type);
    }

    @Override
    public void check(String json) {
      jsonb.fromJson(json, Object.class);
    }
  }
}
