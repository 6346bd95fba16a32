package dev.durable.samples.bank;

import dev.durable.DurableClient;
import dev.durable.OrchestrationStatus;
import dev.durable.StartOptions;
import dev.durable.core.entity.EntityInvocation;
import dev.durable.core.hub.TaskHubClient;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.DataConverter;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.worker.ActivityInvocation;
import dev.durable.core.worker.FastLanes;
import dev.durable.core.worker.LocalActivityExecutor;
import dev.durable.core.worker.LocalEntityExecutor;
import dev.durable.core.worker.LocalEpisodeExecutor;
import dev.durable.core.worker.Node;
import dev.durable.core.worker.TaskHubListener;
import dev.durable.core.worker.TaskHubOptions;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The sample on the engine itself, in memory, on one thread: nothing moves but in {@link #work}.
 */
final class Bank {

  private static final Payloads PAYLOADS = new Payloads(new Json(), 1024 * 1024);
  private static final Payloads STATES =
      new Payloads(new Json(), 1024 * 1024, "durable.entity.max-state-size");
  private static final TaskHubOptions OPTIONS =
      new TaskHubOptions(
          Duration.ofMinutes(1),
          100,
          100,
          100,
          Map.of(),
          100,
          100,
          10,
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          5000,
          1000,
          10_000,
          0,
          0,
          FastLanes.ALL);

  final DurableClient client;
  final Teller teller = new Teller();
  private final Queue<Runnable> work = new ArrayDeque<>();
  private final Node node;
  private int ids;

  Bank() {
    Deployed functions = new Deployed();
    TaskHubStore store = new InMemoryTaskHub().open();
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-31T10:00:00Z"));
    node =
        new Node(
            new Node.Doors(
                "node",
                store,
                clock,
                this::freshId,
                new LocalEpisodeExecutor(
                    work::add,
                    new OrchestrationExecutor(
                        functions, PAYLOADS, CallDefaults.none(), Versions.standard())),
                new LocalEntityExecutor(
                    work::add, new EntityInvocation(functions, PAYLOADS, STATES, this::freshId)),
                new LocalActivityExecutor(work::add, new ActivityInvocation(functions, PAYLOADS)),
                functions,
                work::add,
                (at, wakeUp) -> {}),
            OPTIONS,
            new TaskHubListener() {});
    client =
        new TaskHubClient(
            store,
            functions,
            PAYLOADS,
            clock,
            this::freshId,
            node.wakeUps(),
            (id, atMost) -> Optional.empty());
    teller.durable = client;
  }

  private String freshId() {
    return "id-" + ++ids;
  }

  /** Does so many steps, or all there is to do. */
  void work(int steps) {
    node.poll();
    for (int i = 0; i < steps && !work.isEmpty(); i++) {
      work.remove().run();
    }
  }

  /** Starts an orchestration. */
  void start(String id, String orchestrator, @Nullable Object input) {
    client.start(orchestrator, input, StartOptions.withId(id));
  }

  /** Starts one and works until nothing is left to do. */
  OrchestrationStatus run(String id, String orchestrator, @Nullable Object input) {
    start(id, orchestrator, input);
    work(Integer.MAX_VALUE);
    return status(id);
  }

  OrchestrationStatus status(String id) {
    return client.status(id).orElseThrow();
  }

  /** What an orchestration has returned. */
  static <T> T output(OrchestrationStatus status, Class<T> type) {
    if (status.output() == null) {
      throw new AssertionError("It has no output: " + status);
    }
    return type.cast(Objects.requireNonNull(PAYLOADS.read(status.output(), type, "the output")));
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
      return type == Account.class ? Deployed.account(json) : jsonb.fromJson(json, type);
    }

    @Override
    public void check(String json) {
      jsonb.fromJson(json, Object.class);
    }
  }
}
