package dev.durable.rest;

import dev.durable.DurableClient;
import dev.durable.DurableEntity;
import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.OrchestrationContext;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import dev.durable.core.entity.EntityInvocation;
import dev.durable.core.hub.TaskHubClient;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.testing.JsonbConverter;
import dev.durable.core.testing.TestFunctions;
import dev.durable.core.worker.ActivityInvocation;
import dev.durable.core.worker.FastLanes;
import dev.durable.core.worker.LocalActivityExecutor;
import dev.durable.core.worker.LocalEntityExecutor;
import dev.durable.core.worker.LocalEpisodeExecutor;
import dev.durable.core.worker.Node;
import dev.durable.core.worker.TaskHubListener;
import dev.durable.core.worker.TaskHubOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * A task hub in memory with one node, which works when the test says so, and whose time stands
 * still unless the test says otherwise. Its orchestrator {@code order} waits for two events, {@code
 * go} and {@code end}; {@code audit} locks an entity until the event {@code end}.
 */
final class RehearsedHub {

  static final String ORCHESTRATOR = "order";
  static final String OLD_VERSION = "1";
  static final String NEW_VERSION = "2";

  private static final String AUDIT = "audit";
  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
  private static final TaskHubOptions OPTIONS =
      new TaskHubOptions(
          Duration.ofSeconds(30),
          10,
          10,
          10,
          Map.of(),
          10,
          10,
          3,
          Duration.ofSeconds(1),
          Duration.ofSeconds(4),
          100,
          1_000,
          10_000,
          0,
          0,
          FastLanes.ALL);

  final DurableClient client;
  private final TestFunctions functions = new TestFunctions();
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final Node node;
  private Instant now = NOW;
  private boolean defective;
  private int ids;

  RehearsedHub() {
    functions.orchestrator(ORCHESTRATOR, OLD_VERSION, this::order);
    deployNewVersion();
    functions.entity(Counter.class).orchestrator(AUDIT, EntityId.class, RehearsedHub::audit);
    TaskHubStore store = new InMemoryTaskHub().open();
    Payloads payloads = new Payloads(new JsonbConverter(), 1_000);
    OrchestrationExecutor orchestrators =
        new OrchestrationExecutor(functions, payloads, CallDefaults.none(), Versions.standard());
    node =
        new Node(
            new Node.Doors(
                "node",
                store,
                () -> now,
                this::id,
                new LocalEpisodeExecutor(threads::add, orchestrators),
                new LocalEntityExecutor(
                    threads::add, new EntityInvocation(functions, payloads, payloads, this::id)),
                new LocalActivityExecutor(
                    threads::add, new ActivityInvocation(functions, payloads)),
                functions,
                threads::add,
                (time, wakeUp) -> {}),
            OPTIONS,
            new TaskHubListener() {});
    client =
        new TaskHubClient(
            store,
            functions,
            payloads,
            () -> now,
            this::id,
            node.wakeUps(),
            (id, atMost) -> Optional.empty());
  }

  private String id() {
    return "id-" + ++ids;
  }

  private Object order(OrchestrationContext ctx) {
    ctx.waitForEvent("go", Object.class).await();
    if (defective) {
      throw new IllegalStateException("a defect");
    }
    return ctx.waitForEvent("end", Object.class).await();
  }

  private static Object audit(OrchestrationContext ctx, EntityId entity) {
    try (EntityLock lock = ctx.lock(entity)) {
      ctx.waitForEvent("end", Object.class).await();
      return lock.entities();
    }
  }

  /** Locks an entity by an instance of that id. */
  void lock(String entity, String owner) {
    client.start(AUDIT, EntityId.parse(entity), StartOptions.withId(owner));
    work();
  }

  /** Holds what was added. */
  @DurableEntity("counter")
  public static final class Counter {

    private int value;

    public void add(int amount) {
      value += amount;
    }

    public int get() {
      return value;
    }
  }

  void deployNewVersion() {
    functions.orchestrator(ORCHESTRATOR, NEW_VERSION, this::order);
  }

  /** Lets time go by. */
  void later(int seconds) {
    now = now.plusSeconds(seconds);
  }

  /** Takes the entity away. */
  void undeployEntity() {
    functions.without("counter");
  }

  /** Takes the orchestrator away. */
  void undeploy() {
    functions.without(ORCHESTRATOR);
  }

  /** Lets the node do all there is to do. */
  void work() {
    node.poll();
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
  }

  OrchestrationStatus status(String id) {
    return client.status(id).orElseThrow();
  }

  /** Starts an instance and brings it into that status, in the ways that users have. */
  void bring(String id, RuntimeStatus status) {
    StartOptions options = StartOptions.withId(id);
    boolean later = status == RuntimeStatus.PENDING;
    client.start(ORCHESTRATOR, null, later ? options.at(NOW.plusSeconds(60)) : options);
    work();
    switch (status) {
      case PENDING, RUNNING -> {}
      case SUSPENDED -> client.suspend(id, null);
      case BLOCKED -> {
        functions.without(ORCHESTRATOR, NEW_VERSION);
        client.raiseEvent(id, "go", 1);
      }
      case COMPLETED -> {
        client.raiseEvent(id, "go", 1);
        client.raiseEvent(id, "end", 2);
      }
      case FAILED -> {
        defective = true;
        client.raiseEvent(id, "go", 1);
      }
      case TERMINATED -> client.terminate(id, "no longer wanted");
    }
    work();
    defective = false;
  }
}
