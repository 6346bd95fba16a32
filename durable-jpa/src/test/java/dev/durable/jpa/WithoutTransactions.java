package dev.durable.jpa;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A host whose threads have no transactions: a call is one round trip if it can be. */
final class WithoutTransactions {

  private final OneRoundTrip quick;
  private final TaskHubStore other;

  /** With a store that is called where a round trip does nothing. */
  WithoutTransactions(OneRoundTrip quick, TaskHubStore other) {
    this.quick = quick;
    this.other = other;
  }

  TaskHubStore door() {
    return (TaskHubStore)
        Proxy.newProxyInstance(
            WithoutTransactions.class.getClassLoader(),
            new Class<?>[] {TaskHubStore.class},
            (proxy, method, arguments) -> {
              Optional<?> done = quickly(method.getName(), arguments);
              return done.isEmpty() ? TestDatabase.invoke(method, other, arguments) : done.get();
            });
  }

  @SuppressWarnings("unchecked") // the types of the methods of the store
  private Optional<?> quickly(String method, Object[] of) {
    return switch (method) {
      case "commit" -> quick.commit((List<? extends Commit>) of[0]);
      case "keys" -> quick.keys((Integer) of[0]);
      case "start" -> quick.start((List<Start>) of[0], (Claim) of[1]);
      case "create" -> quick.create((NewInstance) of[0]);
      case "send" ->
          quick.send(
              (String) of[0],
              (String) of[1],
              (HistoryEvent) of[2],
              (Instant) of[3],
              (Boolean) of[4]);
      case "sendToEntity" ->
          quick.sendToEntity((EntityDelivery) of[0], (Instant) of[1], (Boolean) of[2])
              ? Optional.of(method)
              : Optional.empty();
      default -> Optional.empty();
    };
  }
}
