package dev.durable.core.simulation;

import dev.durable.InstanceAlreadyExistsException;
import dev.durable.InstanceFinishedException;
import dev.durable.InstanceNotFoundException;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationStatus;
import dev.durable.StartOptions;
import dev.durable.core.hub.TaskHubClient;
import dev.durable.core.spi.Payloads;
import dev.durable.core.testing.Faults;
import dev.durable.core.testing.FaultyTaskHubStore;
import dev.durable.core.testing.SimulatedCrash;
import dev.durable.core.testing.SimulatedFailure;
import dev.durable.core.worker.WakeUps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Clients that start, raise and terminate, and try again with the same ids when they got no answer.
 */
final class SimulatedClients {

  private static final String STEPS = "aatdfoxwreEqicsuunn";
  private static final int ROOTS = 6;

  private final World world;
  private final RandomGenerator random;
  private final TaskHubClient client;
  private final List<Runnable> unanswered = new ArrayList<>();
  private final List<Runnable> sent = new ArrayList<>();
  private @Nullable String messageId;
  private int starts;
  private int payloads;

  SimulatedClients(World world, Faults faults, RandomGenerator random, WakeUps wakeUps) {
    this.world = world;
    this.random = random;
    this.client =
        new TaskHubClient(
            new FaultyTaskHubStore(new WatchedStore(world.hub().open(), world, false), faults),
            Activities.functions(world.ledger()),
            new Payloads(new TextConverter(), 100_000),
            world.clock(),
            () -> messageId == null ? world.id() : messageId,
            wakeUps,
            (instanceId, atMost) -> {});
  }

  /** One call of some client. */
  void call() {
    int dice = random.nextInt(100);
    if (dice < 25 && !unanswered.isEmpty()) {
      unanswered.remove(random.nextInt(unanswered.size())).run();
    } else if (dice < 35 && !sent.isEmpty()) {
      sent.get(random.nextInt(sent.size())).run();
    } else if (dice < 55) {
      start(newId(), program());
    } else if (dice < 88) {
      raise(anyId(), random.nextInt(5) > 0 ? Script.EVENT : "noise");
    } else if (dice < 93) {
      terminate(anyId());
    } else {
      read(anyId());
    }
  }

  /** Tries again all that got no answer. */
  void retryAll() {
    while (!unanswered.isEmpty()) {
      unanswered.remove(0).run();
    }
  }

  private String newId() {
    return random.nextInt(8) == 0
        ? "shared-" + random.nextInt(Script.SHARED_IDS)
        : "root-" + random.nextInt(ROOTS);
  }

  private String anyId() {
    var all = world.hub().contents();
    return all.isEmpty() || random.nextInt(20) == 0
        ? "nobody"
        : all.get(random.nextInt(all.size())).status().instanceId();
  }

  private String program() {
    StringBuilder program = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      program.append(STEPS.charAt(random.nextInt(STEPS.length())));
    }
    return random.nextInt(12) == 0 ? program + "!" : program.toString();
  }

  private void start(String id, String program) {
    String input = ScriptInput.first(id + "~" + ++starts, program).text();
    Instant at =
        random.nextInt(4) == 0
            ? world.clock().instant().plusMillis(random.nextInt(3000) - 1000)
            : null;
    attempt("start", id, null, () -> client.start(Script.NAME, input, new StartOptions(id, at)));
  }

  /** Sends an event with a payload that no other one has. */
  void raise(String id, String name) {
    int payload = ++payloads;
    String eventId = "e" + payload;
    attempt(
        "raise",
        id,
        eventId,
        () -> {
          client.raiseEvent(id, name, payload);
          world.require(
              world.ledger().acceptedFor("event:" + eventId) != null,
              "what was acknowledged is stored",
              eventId);
        });
  }

  private void terminate(String id) {
    attempt("terminate", id, world.id(), () -> client.terminate(id, "enough"));
  }

  private void read(String id) {
    attempt(
        "read",
        id,
        null,
        () -> {
          boolean exists = client.status(id).map(OrchestrationStatus::instanceId).isPresent();
          int size = exists ? client.history(id).size() : 0;
          int listed = client.list(InstanceQuery.all()).instances().size();
          world.trace().add("read", id, size * 100L + listed);
        });
  }

  private void attempt(String what, String id, @Nullable String useMessageId, Runnable call) {
    world.trace().add("client " + what, id, 0);
    messageId = useMessageId;
    try {
      call.run();
      if (what.equals("raise")) {
        sent.add(() -> attempt("repeat", id, useMessageId, call));
      }
    } catch (SimulatedFailure e) {
      unanswered.add(() -> attempt(what, id, useMessageId, call));
    } catch (SimulatedCrash e) {
      world.trace().add("client crashed", id, 0);
    } catch (InstanceAlreadyExistsException
        | InstanceNotFoundException
        | InstanceFinishedException e) {
      world.trace().add(e.getClass().getSimpleName(), id, 0);
    }
  }
}
