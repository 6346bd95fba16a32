package dev.durable.core.simulation;

import dev.durable.DurableClient;
import dev.durable.EntityId;
import dev.durable.EntityQuery;
import dev.durable.SignalOptions;
import dev.durable.core.simulation.Attempts.Call;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What clients do with entities. */
final class EntityClients {

  private final World world;
  private final RandomGenerator random;
  private final DurableClient client;
  private final Attempts attempts;
  private int signals;

  EntityClients(World world, RandomGenerator random, DurableClient client, Attempts attempts) {
    this.world = world;
    this.random = random;
    this.client = client;
    this.attempts = attempts;
  }

  /** One call of some client. */
  void call() {
    EntityId entity = Things.id(random.nextInt(Things.COUNT));
    int dice = random.nextInt(20);
    if (dice < 12) {
      signal(entity);
    } else if (dice < 14) {
      make("delete", entity, () -> client.deleteEntity(entity));
    } else if (dice < 16) {
      make("read", entity, () -> client.readEntity(entity, String.class));
    } else if (dice < 17) {
      make("list", entity, () -> client.listEntities(EntityQuery.all()));
    } else {
      Duration emptyFor = Duration.ofMinutes(60 + random.nextInt(30));
      make("clean up", entity, () -> client.cleanUpEntities(emptyFor));
    }
  }

  private void make(String what, EntityId entity, Runnable body) {
    attempts.make(new Call(what + " entity", entity.toString(), false, body));
  }

  /** With an id it may be repeated. */
  private void signal(EntityId entity) {
    String operation = Things.OPERATIONS.get(random.nextInt(Things.OPERATIONS.size() - 1));
    String id = random.nextBoolean() ? "s" + ++signals : null;
    String input = new EntityInput("client/" + world.id(), 1).text();
    boolean later = random.nextInt(4) == 0;
    Runnable body =
        () -> {
          SignalOptions options =
              later
                  ? SignalOptions.at(world.clock().instant().plusSeconds(1))
                  : SignalOptions.defaults();
          client.signalEntity(entity, operation, input, options.withSignalId(id));
        };
    attempts.make(new Call("signal entity", entity.toString(), id != null, body));
  }
}
