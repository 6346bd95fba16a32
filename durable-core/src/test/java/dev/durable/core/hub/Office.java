package dev.durable.core.hub;

import dev.durable.core.episode.Episode;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.Claim;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.testing.Histories;
import dev.durable.core.testing.JsonbConverter;
import dev.durable.core.testing.TestFunctions;
import dev.durable.core.worker.WakeUps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client of a hub in memory. Time passes, and orchestrators run, when the test says so. */
final class Office {

  final TaskHubStore store = new InMemoryTaskHub().open();
  final TestFunctions functions =
      new TestFunctions().orchestrator("ship", ctx -> ctx.waitForEvent("go", Object.class).await());
  final List<String> wakeUps = new ArrayList<>();
  final List<String> waits = new ArrayList<>();
  final TaskHubClient client;
  private final Payloads payloads = new Payloads(new JsonbConverter(), 1_000);
  private Instant now = Histories.T0;
  private int ids;
  private Runnable whileAClientWaits = () -> {};

  Office() {
    client =
        new TaskHubClient(
            store,
            functions,
            payloads,
            () -> now,
            this::id,
            new WakeUps() {
              @Override
              public void instanceDue(InstanceKind kind) {
                wakeUps.add(kind + " now");
              }

              @Override
              public void instanceDueAt(InstanceKind kind, Instant visibleAt) {
                wakeUps.add(kind + " at " + visibleAt);
              }
            },
            (instanceId, atMost) -> {
              waits.add(instanceId + " " + atMost);
              if (Thread.interrupted()) {
                throw new InterruptedException();
              }
              whileAClientWaits.run();
              now = now.plus(atMost);
              return Optional.empty();
            });
  }

  private String id() {
    return "id-" + ++ids;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Something that happens during each pause of a waiting client. */
  void whileAClientWaits(Runnable action) {
    whileAClientWaits = action;
  }

  /** Claims what is due. */
  List<InstanceWorkItem> claim() {
    return store.claimInstances(
        InstanceClaim.any(new Claim("node-a", now, now.plusSeconds(30), 100)));
  }

  /** The messages that an instance has got. */
  List<Message> inboxOf(String instanceId) {
    return claim().stream()
        .filter(item -> item.lease().instance().id().equals(instanceId))
        .flatMap(item -> item.inbox().stream())
        .map(message -> message.message())
        .toList();
  }

  /** Runs one episode of each instance that is due. */
  void work() {
    OrchestrationExecutor executor =
        new OrchestrationExecutor(functions, payloads, CallDefaults.none(), Versions.standard());
    for (InstanceWorkItem item : claim()) {
      Episode episode = Episode.begin(item, now, 10_000);
      store.commit(
          List.of(
              episode
                  .orchestratorTask()
                  .map(task -> episode.conclude(executor.execute(task), this::id))
                  .orElseGet(episode::conclude)));
    }
  }
}
