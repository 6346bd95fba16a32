package dev.durable.core.simulation;

import dev.durable.InstanceFilter;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import dev.durable.StartPolicy;
import dev.durable.TerminateOptions;
import dev.durable.core.hub.TaskHubClient;
import dev.durable.core.simulation.Attempts.Call;
import dev.durable.core.spi.Payloads;
import dev.durable.core.store.InMemoryTaskHub.Contents;
import dev.durable.core.testing.Faults;
import dev.durable.core.testing.FaultyTaskHubStore;
import dev.durable.core.worker.Starter;
import dev.durable.core.worker.WakeUps;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Clients that do to instances all that can be done to them. */
final class SimulatedClients {

  private static final int ROOTS = 6;
  private static final List<String> EVENTS = List.of("go", "go", "go", "stop", "noise");
  private static final StartPolicy[] POLICIES = StartPolicy.values();

  private final World world;
  private final RandomGenerator random;
  private final TaskHubClient client;
  private final Attempts attempts;
  private final EntityClients entities;
  private final Programs programs;
  private int starts;
  private int payloads;

  SimulatedClients(
      World world, Faults faults, RandomGenerator random, Starter starter, WakeUps wakeUps) {
    this.world = world;
    this.random = random;
    this.attempts = new Attempts(world, random);
    this.programs = new Programs(random, world);
    this.client =
        new TaskHubClient(
            new FaultyTaskHubStore(new WatchedStore(world.hub().open(), world, false), faults),
            Deployment.BOTH.functions(world, label -> {}),
            new Payloads(new TextConverter(), 100_000),
            world.clock(),
            world::id,
            starter,
            wakeUps,
            (instanceId, atMost) -> Optional.empty());
    this.entities = new EntityClients(world, random, client, attempts);
  }

  /** One call of some client. */
  void call() {
    int dice = random.nextInt(100);
    if (world.isPopulated() && random.nextInt(6) == 0) {
      entities.call();
      return;
    }
    if (random.nextInt(6) == 0
        && world.orchestrations().stream().anyMatch(SimulatedClients::hasFailed)) {
      rewind(idOf(SimulatedClients::hasFailed));
      return;
    }
    Call again = dice < 12 ? attempts.takeUnanswered() : dice < 20 ? attempts.anyAnswered() : null;
    if (again != null) {
      attempts.make(again);
    } else if (dice < 45) {
      start(newId());
    } else if (dice < 70) {
      raise(anyId(), EVENTS.get(random.nextInt(EVENTS.size())));
    } else if (dice < 75) {
      terminate(anyId());
    } else if (dice < 85) {
      suspendOrResume();
    } else if (dice < 90) {
      rewind(idOf(SimulatedClients::hasFailed));
    } else if (dice < 96) {
      again(idOf(contents -> contents.execution().status().isFinished()));
    } else {
      read(anyId());
    }
  }

  private void make(String what, String id, Runnable body) {
    attempts.make(new Call(what, id, false, body));
  }

  void retryAll() {
    attempts.retryAll();
  }

  // ---- whom it is about

  private String newId() {
    return random.nextInt(8) == 0
        ? "shared-" + random.nextInt(Script.SHARED_IDS)
        : "root-" + random.nextInt(ROOTS);
  }

  private String anyId() {
    return idOf(contents -> true);
  }

  /** The id of an instance that is so; now and then of any, or of none. */
  private String idOf(Predicate<Contents> wanted) {
    List<Contents> all = world.orchestrations();
    List<Contents> some = all.stream().filter(wanted).toList();
    if (some.isEmpty() || random.nextInt(10) == 0) {
      some = all;
    }
    return some.isEmpty() || random.nextInt(20) == 0
        ? "nobody"
        : some.get(random.nextInt(some.size())).status().instanceId();
  }

  // ---- beginnings

  private void start(String id) {
    String input = ScriptInput.first(id + "~" + ++starts, programs.draw()).text();
    Instant at =
        random.nextInt(4) == 0
            ? world.clock().instant().plusMillis(random.nextInt(3000) - 1000)
            : null;
    StartPolicy policy =
        random.nextInt(3) > 0
            ? StartPolicy.REPLACE_FINISHED
            : POLICIES[random.nextInt(POLICIES.length)];
    String version = world.isMixed() && random.nextBoolean() ? Deployment.OLD_VERSION : null;
    StartOptions options = StartOptions.withId(id).at(at).withPolicy(policy).withVersion(version);
    make("start", id, () -> client.start(Script.NAME, input, options));
  }

  /** A finished one is started again, or goes for good. */
  private void again(String id) {
    int dice = random.nextInt(8);
    if (dice < 3) {
      make("restart", id, () -> client.restart(id));
    } else if (dice < 4) {
      String newId = newId();
      make("restartAs", id, () -> client.restartAs(id, newId));
    } else if (dice < 7) {
      make("purge", id, () -> client.purge(id));
    } else {
      InstanceFilter filter =
          InstanceFilter.all()
              .withStatuses(random.nextBoolean() ? Set.of() : EnumSet.of(RuntimeStatus.COMPLETED))
              .withInstanceIdPrefix(random.nextBoolean() ? "root-" : null);
      make("purge by filter", "", () -> client.purge(filter));
    }
  }

  // ---- events

  /** Sends an event with a payload that no other one has, perhaps with an id of the sender's. */
  void raise(String id, String name) {
    int payload = ++payloads;
    if (random.nextInt(4) == 0) {
      attempts.make(
          new Call(
              "raise without id",
              id,
              false,
              () -> client.raiseEvent(id, name, random.nextInt(1 << 30) + (1 << 30))));
      return;
    }
    String eventId = "e" + payload;
    attempts.make(
        new Call(
            "raise",
            id,
            true,
            () -> {
              client.raiseEvent(id, name, payload, eventId);
              world.require(
                  world.ledger().isAccepted("event:" + eventId),
                  "what was acknowledged is stored",
                  eventId);
            }));
  }

  // ---- life cycle

  private void terminate(String id) {
    TerminateOptions options =
        new TerminateOptions("enough", random.nextBoolean(), random.nextInt(4) == 0);
    make("terminate", id, () -> client.terminate(id, options));
  }

  private void suspendOrResume() {
    String reason = random.nextBoolean() ? "because" : null;
    if (random.nextBoolean()) {
      String id = anyId();
      make("suspend", id, () -> client.suspend(id, reason));
    } else {
      resume(idOf(contents -> contents.execution().status() == RuntimeStatus.SUSPENDED));
    }
  }

  /** Lets an instance go on that is suspended or blocked. */
  void resume(String id) {
    make("resume", id, () -> client.resume(id, null));
  }

  private static boolean hasFailed(Contents contents) {
    return contents.execution().status() == RuntimeStatus.FAILED;
  }

  /** Lets some of those run again that have failed. */
  void rewindSome() {
    for (Contents contents : world.orchestrations()) {
      if (hasFailed(contents) && random.nextInt(3) == 0) {
        rewind(contents.status().instanceId());
      }
    }
  }

  private void rewind(String id) {
    make("rewind", id, () -> client.rewind(id, "again"));
  }

  private void read(String id) {
    make(
        "read",
        id,
        () -> {
          boolean exists = client.status(id).map(OrchestrationStatus::instanceId).isPresent();
          int size = exists ? client.history(id).size() : 0;
          int listed = client.list(InstanceQuery.all()).instances().size();
          world.trace().add("read", id, size * 100L + listed);
        });
  }
}
