package dev.durable.jpa;

import dev.durable.DurableClient;
import dev.durable.StartOptions;
import dev.durable.TerminateOptions;
import dev.durable.core.entity.EntityInvocation;
import dev.durable.core.hub.TaskHubClient;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.InstanceKind;
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
import dev.durable.core.worker.WakeUps;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Runs the golden orchestrators once and writes their histories: {@code main} with the name of a
 * new folder below {@code golden}, such as that of a release. Existing files are not touched.
 */
final class GoldenRecorder {

  private final TaskHubStore store = new InMemoryTaskHub().open();
  private final TestFunctions functions = GoldenOrchestrators.functions();
  private final Payloads payloads = new Payloads(new JsonbConverter(), 100_000);
  private final Queue<Runnable> work = new ArrayDeque<>();
  private final DurableClient client;
  private final Node node;
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private int ids;

  private GoldenRecorder() {
    WakeUps none =
        new WakeUps() {
          @Override
          public void instanceDue(InstanceKind kind) {}

          @Override
          public void instanceDueAt(InstanceKind kind, Instant visibleAt) {}
        };
    client =
        new TaskHubClient(
            store,
            functions,
            payloads,
            () -> now,
            this::id,
            none,
            (id, atMost) -> Optional.empty());
    node =
        new Node(
            new Node.Doors(
                "recorder",
                store,
                () -> now,
                this::id,
                new LocalEpisodeExecutor(
                    work::add,
                    new OrchestrationExecutor(
                        functions, payloads, CallDefaults.none(), Versions.standard())),
                new LocalEntityExecutor(
                    work::add, new EntityInvocation(functions, payloads, payloads, this::id)),
                new LocalActivityExecutor(work::add, new ActivityInvocation(functions, payloads)),
                functions,
                work::add,
                (time, wakeUp) -> {}),
            new TaskHubOptions(
                Duration.ofSeconds(30),
                10,
                10,
                10,
                Map.of(),
                10,
                10,
                20,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                5_000,
                10_000,
                100_000,
                0,
                0,
                FastLanes.ALL),
            new TaskHubListener() {});
  }

  private String id() {
    return "golden-" + ++ids;
  }

  private void run(Duration time) {
    for (int i = 0; i < 5; i++) {
      now = now.plus(time.dividedBy(5));
      node.poll();
      while (!work.isEmpty()) {
        work.remove().run();
      }
    }
  }

  private void write(Path file, String id) {
    GoldenFile.write(file, store.status(id).orElseThrow(), store.history(id).orElseThrow());
  }

  /** Records all into that folder. */
  public static void main(String[] folder) {
    Path to = GoldenFile.FOLDER.resolve(folder[0]);
    GoldenRecorder recorder = new GoldenRecorder();
    recorder.everything(to);
    recorder.rewound(to);
    recorder.endless(to);
    recorder.ends(to);
    recorder.entities(to);
  }

  private void everything(Path to) {
    GoldenOrchestrators.BROKEN.addAll(Set.of("flaky", "bad"));
    client.start(GoldenOrchestrators.EVERYTHING, 42, StartOptions.withId("everything"));
    run(Duration.ofMillis(50));
    GoldenOrchestrators.BROKEN.remove("flaky");
    client.suspend("everything", "for a while");
    run(Duration.ofSeconds(10));
    client.raiseEvent("everything", "go", "said", "golden-event");
    run(Duration.ofSeconds(10));
    client.resume("everything", null);
    run(Duration.ofMinutes(1));
    write(to.resolve("everything.jsonl"), "everything");
  }

  private void rewound(Path to) {
    GoldenOrchestrators.BROKEN.addAll(Set.of("greet", "ship"));
    client.start(GoldenOrchestrators.REWOUND, null, StartOptions.withId("rewound"));
    run(Duration.ofSeconds(1));
    write(to.resolve("child-failed.jsonl"), "rewound");
    GoldenOrchestrators.BROKEN.clear();
    client.rewind("rewound", "mended");
    run(Duration.ofSeconds(1));
    write(to.resolve("rewound.jsonl"), "rewound");
  }

  private void entities(Path to) {
    client.start(GoldenOrchestrators.ENTITIES, null, StartOptions.withId("entities"));
    run(Duration.ofMinutes(1));
    write(to.resolve("entities.jsonl"), "entities");
  }

  private void endless(Path to) {
    client.start(GoldenOrchestrators.ENDLESS, 1, StartOptions.withId("endless"));
    client.raiseEvent("endless", "go", "one");
    client.raiseEvent("endless", "go", "two");
    run(Duration.ofSeconds(1));
    write(to.resolve("continued-as-new.jsonl"), "endless");
  }

  private void ends(Path to) {
    client.start(GoldenOrchestrators.FAILING, null, StartOptions.withId("failing"));
    client.start(GoldenOrchestrators.WAITING, null, StartOptions.withId("waiting"));
    run(Duration.ofSeconds(1));
    client.terminate("waiting", TerminateOptions.because("no longer wanted"));
    run(Duration.ofSeconds(1));
    write(to.resolve("failed.jsonl"), "failing");
    write(to.resolve("terminated.jsonl"), "waiting");
  }
}
